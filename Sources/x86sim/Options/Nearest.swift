/// Finds the name that was probably meant.
enum Nearest {
    /// The name closest to `text`, unless none is close enough to be a slip of the finger.
    static func name(to text: String, in names: [String]) -> String? {
        guard 2...40 ~= text.unicodeScalars.count else { return nil }
        let best = names.map { (name: $0, distance: distance(text, $0)) }.min { $0.distance < $1.distance }
        guard let best, best.distance <= max(1, min(text.count, best.name.count) / 3) else {
            return names.first { $0.hasPrefix(text) }
        }
        return best.name
    }

    /// How many letters must be added, removed, changed or swapped with their neighbour to turn one into the other.
    static func distance(_ a: String, _ b: String) -> Int {
        let a = Array(a.unicodeScalars)
        let b = Array(b.unicodeScalars)
        var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for j in 0...b.count { rows[0][j] = j }
        for i in 0..<a.count {
            rows[i + 1][0] = i + 1
            for j in 0..<b.count {
                var cost = min(rows[i][j + 1] + 1, rows[i + 1][j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
                rows[i + 1][j + 1] = cost
            }
        }
        return rows[a.count][b.count]
    }
}
