import Devices

/// Shows a guest's screen while it runs and when it is over.
struct ScreenOutput {
    private let host: Host
    private let settings: Settings
    private let guest: Guest
    private var shown: TextScreen?
    private var isLive: Bool { settings.screen == .ansi && host.outputIsTerminal && !settings.json }

    /// Nothing shown yet.
    init(_ guest: Guest, _ host: Host, _ settings: Settings) {
        self.guest = guest
        self.host = host
        self.settings = settings
    }

    /// Paints the rows that have changed, if the screen is shown live.
    mutating func update() {
        guard isLive else { return }
        let screen = guest.board.screen
        guard screen != shown else { return }
        let isAlike = shown.map { $0.columns == screen.columns && $0.rows == screen.rows && $0.hasLook(of: screen) }
        if isAlike != true {
            host.output.write("\u{1B}[H\u{1B}[2J")
            shown = nil
        }
        for row in 0..<screen.rows where shown.map({ $0.row(row) != screen.row(row) }) ?? true {
            host.output.write("\u{1B}[\(row + 1);1H" + screen.ansi(screen.row(row)))
        }
        let cursor = screen.cursor ?? (screen.rows - 1, 0)
        host.output.write("\u{1B}[\(cursor.0 + 1);\(cursor.1 + 1)H")
        shown = screen
    }

    /// Shows the last screen as the settings want it, and writes pictures.
    ///
    /// - Throws: `CommandError` if a picture cannot be written.
    mutating func finish() throws(CommandError) {
        update()
        let screen = guest.board.screen
        if isLive {
            host.output.write("\u{1B}[\(screen.rows + 1);1H\n")
        } else if !settings.json {
            switch settings.screen {
            case .text:
                if let bios = guest.board.bios, bios.hasToldPartOfPage {
                    host.output.write(bios.untoldRows(of: guest.machine))
                } else if guest.board.bios?.showsMore(screen) ?? !screen.lines.isEmpty {
                    host.output.write(screen.lines.joined(separator: "\n") + "\n")
                }
            case .ansi, .live: host.output.write(screen.ansi)
            case .none: break
            }
        }
        for path in settings.pictures { try HostFile.write(path, with: screen.png(), "--screen") }
    }
}
