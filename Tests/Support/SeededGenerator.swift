import DeviceContract

/// The random numbers of the device contract, for all tests.
package typealias SeededGenerator = DeviceContract.SeededGenerator
