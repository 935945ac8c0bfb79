import Testing

@testable import X86Interp

/// Operands with the results and the MXCSR that a processor gave.
///
/// The rows were made by running each instruction once on an Intel Xeon (family 6, model 207). A result of nil is an
/// unmasked exception.
enum SSECases {
    /// The kinds of rows.
    enum Kind: CaseIterable, Sendable {
        case specialOperands, roundings, overflow, tininess, smallerAndLarger, comparisons, conversions

        var rows: [Row] {
            switch self {
            case .specialOperands: SSECases.specialOperands
            case .roundings: SSECases.roundings
            case .overflow: SSECases.overflow
            case .tininess: SSECases.tininess
            case .smallerAndLarger: SSECases.smallerAndLarger
            case .comparisons: SSECases.comparisons
            case .conversions: SSECases.conversions
            }
        }
    }

    /// What is done with the operands.
    enum Operation: Sendable {
        case addition, subtraction, multiplication, division, root, minimum, maximum
        case comparison(SSEPredicate)
        case ordered, unordered
        case toDouble, toSingle, toInteger, truncated, fromInteger
    }

    /// One operation on numbers of one format; of those with one operand it is the second.
    struct Row: Sendable, CustomTestStringConvertible {
        var operation: Operation
        var isDouble: Bool
        var first: UInt64
        var second: UInt64
        var mxcsr: UInt32
        var result: UInt64?
        var mxcsrAfter: UInt32

        var testDescription: String {
            "\(isDouble ? "double" : "single") \(operation) "
                + [first, second, UInt64(mxcsr)].map { String($0, radix: 16) }.joined(separator: " ")
        }

        static func single(
            _ operation: Operation, _ first: UInt64, _ second: UInt64, _ mxcsr: UInt32, _ result: UInt64?,
            _ after: UInt32
        ) -> Row {
            Row(
                operation: operation, isDouble: false, first: first, second: second, mxcsr: mxcsr, result: result,
                mxcsrAfter: after)
        }

        static func double(
            _ operation: Operation, _ first: UInt64, _ second: UInt64, _ mxcsr: UInt32, _ result: UInt64?,
            _ after: UInt32
        ) -> Row {
            var row = single(operation, first, second, mxcsr, result, after)
            row.isDouble = true
            return row
        }
    }

    /// NaNs, infinities and zeros; denormals beside them.
    private static let specialOperands: [Row] = [
        .single(.addition, 0x7F80_0001, 0x7FC0_1234, 0x1F80, 0x7FC0_0001, 0x1F81),
        .single(.addition, 0x7FC0_1234, 0x7F80_0001, 0x1F80, 0x7FC0_1234, 0x1F81),
        .single(.addition, 0x3F80_0000, 0xFFA0_0000, 0x1F80, 0xFFE0_0000, 0x1F81),
        .single(.addition, 0x7FC0_1234, 0xFFC0_0005, 0x1F80, 0x7FC0_1234, 0x1F80),
        .single(.addition, 0x7F80_0000, 0xFF80_0000, 0x1F80, 0xFFC0_0000, 0x1F81),
        .single(.subtraction, 0x7F80_0000, 0x7F80_0000, 0x1F80, 0xFFC0_0000, 0x1F81),
        .single(.subtraction, 0x3F80_0000, 0xFFC0_0005, 0x1F80, 0xFFC0_0005, 0x1F80),
        .single(.multiplication, 0, 0xFF80_0000, 0x1F80, 0xFFC0_0000, 0x1F81),
        .single(.multiplication, 0x7F80_0000, 1, 0x1F80, 0x7F80_0000, 0x1F82),
        .single(.division, 0, 0x8000_0000, 0x1F80, 0xFFC0_0000, 0x1F81),
        .single(.division, 0x7F80_0000, 0xFF80_0000, 0x1F80, 0xFFC0_0000, 0x1F81),
        .single(.division, 0xBF80_0000, 0, 0x1F80, 0xFF80_0000, 0x1F84),
        .single(.division, 1, 0, 0x1F80, 0x7F80_0000, 0x1F84),
        .single(.division, 0x3F80_0000, 0xFF80_0000, 0x1F80, 0x8000_0000, 0x1F80),
        .single(.root, 0, 0xBF80_0000, 0x1F80, 0xFFC0_0000, 0x1F81),
        .single(.root, 0, 0x8000_0000, 0x1F80, 0x8000_0000, 0x1F80),
        .single(.root, 0, 0x7F80_0001, 0x1F80, 0x7FC0_0001, 0x1F81),
        .single(.root, 0, 0x7F80_0000, 0x1F80, 0x7F80_0000, 0x1F80),
        .single(.addition, 1, 0x7FC0_1234, 0x1F80, 0x7FC0_1234, 0x1F80),
        .single(.addition, 1, 0x7F80_0001, 0x1F80, 0x7FC0_0001, 0x1F81),
        .single(.addition, 1, 0x7F80_0000, 0x1F80, 0x7F80_0000, 0x1F82),
    ]

    /// Results between numbers, in each rounding mode.
    private static let roundings: [Row] = [
        .single(.addition, 0x3F80_0000, 0x3380_0000, 0x1F80, 0x3F80_0000, 0x1FA0),
        .single(.addition, 0x3F80_0000, 0x3380_0000, 0x3F80, 0x3F80_0000, 0x3FA0),
        .single(.addition, 0x3F80_0000, 0x3380_0000, 0x5F80, 0x3F80_0001, 0x5FA0),
        .single(.addition, 0x3F80_0000, 0x3380_0000, 0x7F80, 0x3F80_0000, 0x7FA0),
        .single(.subtraction, 0x3F80_0000, 0x3F80_0000, 0x1F80, 0, 0x1F80),
        .double(.subtraction, 0x3FF0_0000_0000_0000, 0x3FF0_0000_0000_0000, 0x1F80, 0, 0x1F80),
        .single(.subtraction, 0x3F80_0000, 0x3F80_0000, 0x3F80, 0x8000_0000, 0x3F80),
        .single(.subtraction, 0x3F80_0000, 0x3F80_0000, 0x5F80, 0, 0x5F80),
        .double(.subtraction, 0x3FF0_0000_0000_0000, 0x3FF0_0000_0000_0000, 0x5F80, 0, 0x5F80),
        .single(.subtraction, 0x3F80_0000, 0x3F80_0000, 0x7F80, 0, 0x7F80),
        .single(.division, 0x3F80_0000, 0x4040_0000, 0x1F80, 0x3EAA_AAAB, 0x1FA0),
        .double(.division, 0x3FF0_0000_0000_0000, 0x4008_0000_0000_0000, 0x1F80, 0x3FD5_5555_5555_5555, 0x1FA0),
        .single(.division, 0x3F80_0000, 0x4040_0000, 0x3F80, 0x3EAA_AAAA, 0x3FA0),
        .single(.division, 0x3F80_0000, 0x4040_0000, 0x5F80, 0x3EAA_AAAB, 0x5FA0),
        .double(.division, 0x3FF0_0000_0000_0000, 0x4008_0000_0000_0000, 0x5F80, 0x3FD5_5555_5555_5556, 0x5FA0),
        .single(.division, 0x3F80_0000, 0x4040_0000, 0x7F80, 0x3EAA_AAAA, 0x7FA0),
        .single(.multiplication, 0xBF80_0000, 0x3F80_0001, 0x1F80, 0xBF80_0001, 0x1F80),
        .double(.multiplication, 0xBFF0_0000_0000_0000, 0x3FF0_0000_0000_0001, 0x1F80, 0xBFF0_0000_0000_0001, 0x1F80),
        .single(.multiplication, 0xBF80_0000, 0x3F80_0001, 0x3F80, 0xBF80_0001, 0x3F80),
        .single(.multiplication, 0xBF80_0000, 0x3F80_0001, 0x5F80, 0xBF80_0001, 0x5F80),
        .double(.multiplication, 0xBFF0_0000_0000_0000, 0x3FF0_0000_0000_0001, 0x5F80, 0xBFF0_0000_0000_0001, 0x5F80),
        .single(.multiplication, 0xBF80_0000, 0x3F80_0001, 0x7F80, 0xBF80_0001, 0x7F80),
        .single(.multiplication, 0x3F80_0001, 0x3F80_0001, 0x1F80, 0x3F80_0002, 0x1FA0),
        .double(.multiplication, 0x3FF0_0000_0000_0001, 0x3FF0_0000_0000_0001, 0x1F80, 0x3FF0_0000_0000_0002, 0x1FA0),
        .single(.multiplication, 0x3F80_0001, 0x3F80_0001, 0x3F80, 0x3F80_0002, 0x3FA0),
        .single(.multiplication, 0x3F80_0001, 0x3F80_0001, 0x5F80, 0x3F80_0003, 0x5FA0),
        .double(.multiplication, 0x3FF0_0000_0000_0001, 0x3FF0_0000_0000_0001, 0x5F80, 0x3FF0_0000_0000_0003, 0x5FA0),
        .single(.multiplication, 0x3F80_0001, 0x3F80_0001, 0x7F80, 0x3F80_0002, 0x7FA0),
        .single(.root, 0, 0x4000_0000, 0x1F80, 0x3FB5_04F3, 0x1FA0),
        .double(.root, 0, 0x4000_0000_0000_0000, 0x1F80, 0x3FF6_A09E_667F_3BCD, 0x1FA0),
        .single(.root, 0, 0x4000_0000, 0x3F80, 0x3FB5_04F3, 0x3FA0),
        .single(.root, 0, 0x4000_0000, 0x5F80, 0x3FB5_04F4, 0x5FA0),
        .double(.root, 0, 0x4000_0000_0000_0000, 0x5F80, 0x3FF6_A09E_667F_3BCD, 0x5FA0),
        .single(.root, 0, 0x4000_0000, 0x7F80, 0x3FB5_04F3, 0x7FA0),
        .single(.root, 0, 0x4080_0000, 0x1F80, 0x4000_0000, 0x1F80),
        .double(.root, 0, 0x4010_0000_0000_0000, 0x1F80, 0x4000_0000_0000_0000, 0x1F80),
        .single(.root, 0, 0x4080_0000, 0x3F80, 0x4000_0000, 0x3F80),
        .single(.root, 0, 0x4080_0000, 0x5F80, 0x4000_0000, 0x5F80),
        .double(.root, 0, 0x4010_0000_0000_0000, 0x5F80, 0x4000_0000_0000_0000, 0x5F80),
        .single(.root, 0, 0x4080_0000, 0x7F80, 0x4000_0000, 0x7F80),
    ]

    /// Results that are too large, with overflow and inexact masked or not.
    private static let overflow: [Row] = [
        .single(.multiplication, 0x7F7F_FFFF, 0x4000_0000, 0x1F80, 0x7F80_0000, 0x1FA8),
        .single(.multiplication, 0x7F7F_FFFF, 0x4000_0000, 0x3F80, 0x7F7F_FFFF, 0x3FA8),
        .single(.multiplication, 0x7F7F_FFFF, 0x4000_0000, 0x5F80, 0x7F80_0000, 0x5FA8),
        .single(.multiplication, 0x7F7F_FFFF, 0x4000_0000, 0x7F80, 0x7F7F_FFFF, 0x7FA8),
        .single(.multiplication, 0x7F7F_FFFF, 0x4000_0000, 0x1B80, nil, 0x1B88),
        .single(.multiplication, 0x7F7F_FFFF, 0x4000_0000, 0x1B00, nil, 0x1B08),
        .single(.multiplication, 0xFF7F_FFFF, 0x4000_0000, 0x1F80, 0xFF80_0000, 0x1FA8),
        .single(.multiplication, 0xFF7F_FFFF, 0x4000_0000, 0x3F80, 0xFF80_0000, 0x3FA8),
        .single(.multiplication, 0xFF7F_FFFF, 0x4000_0000, 0x5F80, 0xFF7F_FFFF, 0x5FA8),
        .single(.multiplication, 0xFF7F_FFFF, 0x4000_0000, 0x7F80, 0xFF7F_FFFF, 0x7FA8),
        .single(.addition, 0x7F7F_FFFF, 0x7F7F_FFFF, 0x0B80, nil, 0x0B88),
    ]

    /// Results below the smallest normal number: rounded, flushed to zero, unmasked; DAZ.
    private static let tininess: [Row] = [
        .single(.multiplication, 0x00FF_FFFE, 0x3F00_0001, 0x1F80, 0x0080_0000, 0x1FA0),
        .double(.multiplication, 0x001F_FFFF_FFFF_FFFE, 0x3FE0_0000_0000_0001, 0x1F80, 0x0010_0000_0000_0000, 0x1FA0),
        .single(.multiplication, 0x00FF_FFFE, 0x3F00_0001, 0x9F80, 0x0080_0000, 0x9FA0),
        .double(.multiplication, 0x001F_FFFF_FFFF_FFFE, 0x3FE0_0000_0000_0001, 0x9F80, 0x0010_0000_0000_0000, 0x9FA0),
        .single(.multiplication, 0x00FF_FFFE, 0x3F00_0001, 0x1780, 0x0080_0000, 0x17A0),
        .double(.multiplication, 0x001F_FFFF_FFFF_FFFE, 0x3FE0_0000_0000_0001, 0x1780, 0x0010_0000_0000_0000, 0x17A0),
        .single(.multiplication, 0x80FF_FFFF, 0x3F00_0000, 0x1F80, 0x8080_0000, 0x1FB0),
        .double(.multiplication, 0x801F_FFFF_FFFF_FFFF, 0x3FE0_0000_0000_0000, 0x1F80, 0x8010_0000_0000_0000, 0x1FB0),
        .single(.multiplication, 0x80FF_FFFF, 0x3F00_0000, 0x5F80, 0x807F_FFFF, 0x5FB0),
        .double(.multiplication, 0x801F_FFFF_FFFF_FFFF, 0x3FE0_0000_0000_0000, 0x5F80, 0x800F_FFFF_FFFF_FFFF, 0x5FB0),
        .single(.multiplication, 0x80FF_FFFF, 0x3F00_0000, 0x9F80, 0x8000_0000, 0x9FB0),
        .double(.multiplication, 0x801F_FFFF_FFFF_FFFF, 0x3FE0_0000_0000_0000, 0x9F80, 0x8000_0000_0000_0000, 0x9FB0),
        .single(.multiplication, 0x80FF_FFFF, 0x3F00_0000, 0x1780, nil, 0x1790),
        .double(.multiplication, 0x801F_FFFF_FFFF_FFFF, 0x3FE0_0000_0000_0000, 0x1780, nil, 0x1790),
        .single(.multiplication, 0x80FF_FFFF, 0x3F00_0000, 0x0780, nil, 0x0790),
        .double(.multiplication, 0x801F_FFFF_FFFF_FFFF, 0x3FE0_0000_0000_0000, 0x0780, nil, 0x0790),
        .single(.multiplication, 0x0080_0000, 0x3F00_0000, 0x9F80, 0, 0x9FB0),
        .double(.multiplication, 0x0010_0000_0000_0000, 0x3FE0_0000_0000_0000, 0x9F80, 0, 0x9FB0),
        .single(.multiplication, 0x0080_0000, 0x3F00_0000, 0x1780, nil, 0x1790),
        .double(.multiplication, 0x0010_0000_0000_0000, 0x3FE0_0000_0000_0000, 0x1780, nil, 0x1790),
        .single(.multiplication, 1, 0x3F00_0000, 0x1F80, 0, 0x1FB2),
        .double(.multiplication, 1, 0x3FE0_0000_0000_0000, 0x1F80, 0, 0x1FB2),
        .single(.multiplication, 1, 0x3F00_0000, 0x5F80, 1, 0x5FB2),
        .double(.multiplication, 1, 0x3FE0_0000_0000_0000, 0x5F80, 1, 0x5FB2),
        .single(.division, 0x007F_FFFF, 0x3F80_0001, 0x1F80, 0x007F_FFFE, 0x1FB2),
        .double(.division, 0x000F_FFFF_FFFF_FFFF, 0x3FF0_0000_0000_0001, 0x1F80, 0x000F_FFFF_FFFF_FFFE, 0x1FB2),
        .single(.subtraction, 0x0080_0000, 1, 0x1F80, 0x007F_FFFF, 0x1F82),
        .double(.subtraction, 0x0010_0000_0000_0000, 1, 0x1F80, 0x000F_FFFF_FFFF_FFFF, 0x1F82),
        .single(.addition, 1, 1, 0x1FC0, 0, 0x1FC0),
        .double(.addition, 1, 1, 0x1FC0, 0, 0x1FC0),
        .single(.addition, 1, 1, 0x1E80, nil, 0x1E82),
        .double(.addition, 1, 1, 0x1E80, nil, 0x1E82),
        .single(.multiplication, 1, 1, 0x1E80, nil, 0x1E82),
        .double(.multiplication, 1, 1, 0x1E80, nil, 0x1E82),
    ]

    /// The second operand of two zeros, and beside NaNs.
    private static let smallerAndLarger: [Row] = [
        .single(.minimum, 0, 0x8000_0000, 0x1F80, 0x8000_0000, 0x1F80),
        .single(.minimum, 0x8000_0000, 0, 0x1F80, 0, 0x1F80),
        .single(.minimum, 0x3F80_0000, 0x7FC0_1234, 0x1F80, 0x7FC0_1234, 0x1F81),
        .single(.minimum, 0x7FC0_1234, 0x3F80_0000, 0x1F80, 0x3F80_0000, 0x1F81),
        .single(.minimum, 0x7F80_0001, 0x3F80_0000, 0x1F80, 0x3F80_0000, 0x1F81),
        .single(.minimum, 1, 0, 0x1F80, 0, 0x1F82),
        .single(.minimum, 0x3F80_0000, 0x4000_0000, 0x1F80, 0x3F80_0000, 0x1F80),
        .single(.minimum, 0xBF80_0000, 0xFF80_0000, 0x1F80, 0xFF80_0000, 0x1F80),
        .single(.minimum, 0x3F80_0000, 0x7FC0_1234, 0x1F00, nil, 0x1F01),
        .single(.maximum, 0, 0x8000_0000, 0x1F80, 0x8000_0000, 0x1F80),
        .single(.maximum, 0x8000_0000, 0, 0x1F80, 0, 0x1F80),
        .single(.maximum, 0x3F80_0000, 0x7FC0_1234, 0x1F80, 0x7FC0_1234, 0x1F81),
        .single(.maximum, 0x7FC0_1234, 0x3F80_0000, 0x1F80, 0x3F80_0000, 0x1F81),
        .single(.maximum, 0x7F80_0001, 0x3F80_0000, 0x1F80, 0x3F80_0000, 0x1F81),
        .single(.maximum, 1, 0, 0x1F80, 1, 0x1F82),
        .single(.maximum, 0x3F80_0000, 0x4000_0000, 0x1F80, 0x4000_0000, 0x1F80),
        .single(.maximum, 0xBF80_0000, 0xFF80_0000, 0x1F80, 0xBF80_0000, 0x1F80),
        .single(.maximum, 0x3F80_0000, 0x7FC0_1234, 0x1F00, nil, 0x1F01),
    ]

    /// Which predicates are true of what, and which quiet NaNs are invalid for.
    private static let comparisons: [Row] = [
        .single(.comparison(.equal), 0x3F80_0000, 0x4000_0000, 0x1F80, 0, 0x1F80),
        .single(.comparison(.equal), 0x7F80_0000, 0x7FC0_1234, 0x1F80, 0, 0x1F80),
        .single(.comparison(.less), 0x3F80_0000, 0x4000_0000, 0x1F80, 0xFFFF_FFFF, 0x1F80),
        .single(.comparison(.less), 0x7F80_0000, 0x7FC0_1234, 0x1F80, 0, 0x1F81),
        .single(.comparison(.lessOrEqual), 0x3F80_0000, 0x4000_0000, 0x1F80, 0xFFFF_FFFF, 0x1F80),
        .single(.comparison(.lessOrEqual), 0x7F80_0000, 0x7FC0_1234, 0x1F80, 0, 0x1F81),
        .single(.comparison(.unordered), 0x3F80_0000, 0x4000_0000, 0x1F80, 0, 0x1F80),
        .single(.comparison(.unordered), 0x7F80_0000, 0x7FC0_1234, 0x1F80, 0xFFFF_FFFF, 0x1F80),
        .single(.comparison(.notEqual), 0x3F80_0000, 0x4000_0000, 0x1F80, 0xFFFF_FFFF, 0x1F80),
        .single(.comparison(.notEqual), 0x7F80_0000, 0x7FC0_1234, 0x1F80, 0xFFFF_FFFF, 0x1F80),
        .single(.comparison(.notLess), 0x3F80_0000, 0x4000_0000, 0x1F80, 0, 0x1F80),
        .single(.comparison(.notLess), 0x7F80_0000, 0x7FC0_1234, 0x1F80, 0xFFFF_FFFF, 0x1F81),
        .single(.comparison(.notLessOrEqual), 0x3F80_0000, 0x4000_0000, 0x1F80, 0, 0x1F80),
        .single(.comparison(.notLessOrEqual), 0x7F80_0000, 0x7FC0_1234, 0x1F80, 0xFFFF_FFFF, 0x1F81),
        .single(.comparison(.ordered), 0x3F80_0000, 0x4000_0000, 0x1F80, 0xFFFF_FFFF, 0x1F80),
        .single(.comparison(.ordered), 0x7F80_0000, 0x7FC0_1234, 0x1F80, 0, 0x1F80),
        .single(.comparison(.equal), 1, 0, 0x1FC0, 0xFFFF_FFFF, 0x1FC0),
        .single(.comparison(.equal), 1, 0, 0x1F80, 0, 0x1F82),
        .single(.comparison(.less), 1, 0x7FC0_1234, 0x1F80, 0, 0x1F81),
        .single(.ordered, 0x3F80_0000, 0x7FC0_1234, 0x1F80, 0x45, 0x1F81),
        .single(.unordered, 0x3F80_0000, 0x7FC0_1234, 0x1F80, 0x45, 0x1F80),
        .single(.unordered, 0x3F80_0000, 0x7F80_0001, 0x1F80, 0x45, 0x1F81),
        .single(.ordered, 0x4000_0000, 0x3F80_0000, 0x1F80, 0, 0x1F80),
        .single(.ordered, 0x3F80_0000, 0x4000_0000, 0x1F80, 1, 0x1F80),
        .single(.ordered, 0x8000_0000, 0, 0x1F80, 0x40, 0x1F80),
        .single(.ordered, 0x3F80_0000, 0x7FC0_1234, 0x1F00, nil, 0x1F01),
    ]

    /// Between the formats and to and from integers.
    private static let conversions: [Row] = [
        .single(.toDouble, 0, 0x3F80_0000, 0x1F80, 0x3FF0_0000_0000_0000, 0x1F80),
        .single(.toDouble, 0, 1, 0x1F80, 0x36A0_0000_0000_0000, 0x1F82),
        .single(.toDouble, 0, 1, 0x1FC0, 0, 0x1FC0),
        .single(.toDouble, 0, 0x7F80_0001, 0x1F80, 0x7FF8_0000_2000_0000, 0x1F81),
        .single(.toDouble, 0, 0xFFC0_0005, 0x1F80, 0xFFF8_0000_A000_0000, 0x1F80),
        .single(.toDouble, 0, 0xFF80_0000, 0x1F80, 0xFFF0_0000_0000_0000, 0x1F80),
        .double(.toSingle, 0, 0x47EF_FFFF_F000_0000, 0x1F80, 0x7F80_0000, 0x1FA8),
        .double(.toSingle, 0, 0x47EF_FFFF_F000_0000, 0x7F80, 0x7F7F_FFFF, 0x7FA0),
        .double(.toSingle, 0, 0x380F_FFFF_E000_0000, 0x1F80, 0x0080_0000, 0x1FB0),
        .double(.toSingle, 0, 0x380F_FFFF_E000_0000, 0x9F80, 0, 0x9FB0),
        .double(.toSingle, 0, 0x3FF0_0000_1000_0000, 0x1F80, 0x3F80_0000, 0x1FA0),
        .double(.toSingle, 0, 0x3FF0_0000_3000_0000, 0x1F80, 0x3F80_0002, 0x1FA0),
        .double(.toSingle, 0, 0x3FF0_0000_1000_0000, 0x5F80, 0x3F80_0001, 0x5FA0),
        .double(.toSingle, 0, 0x36A0_0000_0000_0000, 0x1F80, 1, 0x1F80),
        .double(.toSingle, 0, 0x7FF0_0000_2000_0001, 0x1F80, 0x7FC0_0001, 0x1F81),
        .double(.toSingle, 0, 0xFFF8_0000_0000_0005, 0x1F80, 0xFFC0_0000, 0x1F80),
        .double(.toSingle, 0, 1, 0x1F80, 0, 0x1FB2),
        .double(.toSingle, 0, 1, 0x1FC0, 0, 0x1FC0),
        .double(.toSingle, 0, 1, 0x3F80, 0, 0x3FB2),
        .single(.toInteger, 0, 0x4020_0000, 0x1F80, 2, 0x1FA0),
        .single(.toInteger, 0, 0xC020_0000, 0x3F80, 0xFFFF_FFFD, 0x3FA0),
        .single(.toInteger, 0, 0xC020_0000, 0x5F80, 0xFFFF_FFFE, 0x5FA0),
        .single(.toInteger, 0, 0x4020_0000, 0x7F80, 2, 0x7FA0),
        .single(.toInteger, 0, 0x4F00_0000, 0x1F80, 0x8000_0000, 0x1F81),
        .single(.toInteger, 0, 0xCF00_0000, 0x1F80, 0x8000_0000, 0x1F80),
        .single(.toInteger, 0, 0x7FC0_1234, 0x1F80, 0x8000_0000, 0x1F81),
        .single(.toInteger, 0, 1, 0x1F80, 0, 0x1FA0),
        .single(.toInteger, 0, 1, 0x1FC0, 0, 0x1FC0),
        .single(.toInteger, 0, 1, 0x5F80, 1, 0x5FA0),
        .single(.toInteger, 0, 0x3F00_0000, 0x1F80, 0, 0x1FA0),
        .single(.toInteger, 0, 0xFF80_0000, 0x1F00, nil, 0x1F01),
        .double(.toInteger, 0, 0x41DF_FFFF_FFC0_0000, 0x1F80, 0x7FFF_FFFF, 0x1F80),
        .double(.toInteger, 0, 0x41DF_FFFF_FFE0_0000, 0x1F80, 0x8000_0000, 0x1F81),
        .double(.toInteger, 0, 0x41DF_FFFF_FFE0_0000, 0x3F80, 0x7FFF_FFFF, 0x3FA0),
        .double(.toInteger, 0, 0xC1E0_0000_0010_0000, 0x1F80, 0x8000_0000, 0x1FA0),
        .double(.toInteger, 0, 0xC1E0_0000_0010_0000, 0x3F80, 0x8000_0000, 0x3F81),
        .double(.toInteger, 0, 0xC1E0_0000_0000_0000, 0x1F80, 0x8000_0000, 0x1F80),
        .double(.toInteger, 0, 0xC004_0000_0000_0000, 0x1F80, 0xFFFF_FFFE, 0x1FA0),
        .double(.toInteger, 0, 0x7FF0_0000_0000_0001, 0x1F80, 0x8000_0000, 0x1F81),
        .single(.truncated, 0, 0xC020_0000, 0x3F80, 0xFFFF_FFFE, 0x3FA0),
        .single(.truncated, 0, 0x4EFF_FFFF, 0x1F80, 0x7FFF_FF80, 0x1F80),
        .single(.truncated, 0, 0x7F80_0000, 0x1F80, 0x8000_0000, 0x1F81),
        .double(.truncated, 0, 0x41DF_FFFF_FFE0_0000, 0x5F80, 0x7FFF_FFFF, 0x5FA0),
        .double(.truncated, 0, 0xC1E0_0000_0010_0000, 0x1F80, 0x8000_0000, 0x1FA0),
        .double(.truncated, 0, 0xBFF0_0000_0000_0000, 0x1F80, 0xFFFF_FFFF, 0x1F80),
        .single(.fromInteger, 0, 1, 0x1F80, 0x3F80_0000, 0x1F80),
        .single(.fromInteger, 0, 0xFFFF_FFFF, 0x1F80, 0xBF80_0000, 0x1F80),
        .single(.fromInteger, 0, 0x0100_0001, 0x1F80, 0x4B80_0000, 0x1FA0),
        .single(.fromInteger, 0, 0x0100_0003, 0x1F80, 0x4B80_0002, 0x1FA0),
        .single(.fromInteger, 0, 0x7FFF_FFFF, 0x3F80, 0x4EFF_FFFF, 0x3FA0),
        .single(.fromInteger, 0, 0x8000_0000, 0x1F80, 0xCF00_0000, 0x1F80),
        .single(.fromInteger, 0, 0xFEFF_FFFF, 0x5F80, 0xCB80_0000, 0x5FA0),
    ]
}
