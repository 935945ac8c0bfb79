import Foundation
import Testing

/// A client of a TCP port, which knocks until it is let in.
final class TCPClient {
    private let socket: Int32

    init(port: UInt16) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        var result: Int32 = -1
        for _ in 0..<1000 where result != 0 {
            result = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
            }
            if result != 0 { usleep(10_000) }
        }
        try #require(result == 0)
    }

    func send(_ text: String) {
        _ = Glibc.send(socket, text, text.utf8.count, Int32(truncatingIfNeeded: Int(MSG_NOSIGNAL)))
    }

    func receive(_ count: Int) -> String {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = recv(socket, &bytes, count, Int32(truncatingIfNeeded: Int(MSG_WAITALL)))
        return String(decoding: bytes.prefix(max(0, got)), as: UTF8.self)
    }

    func resetsAtClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    func close() { Glibc.close(socket) }
}
