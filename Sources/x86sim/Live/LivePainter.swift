import Devices

/// What is to be seen of a guest, and of its host.
struct LiveFrame: Equatable {
    /// The guest's screen.
    var screen: TextScreen
    /// A line of the host's in place of the last row.
    var line: String?
}

/// Turns one frame after the other into what a terminal is sent: what has changed.
///
/// It knows what the terminal shows from what it has made before, and touches no terminal itself.
struct LivePainter {
    /// How pixels are shown.
    private let graphics: TerminalGraphics
    private var shown: (frame: LiveFrame, size: TerminalSize)?
    /// The cells that the terminal shows; nil if that may be anything.
    private var grid: CellGrid?
    /// The picture that each row shows.
    private var strips: [PixelGrid] = []
    /// The size in cells of the picture that is shown, if one is.
    private var area: (columns: Int, rows: Int)?

    /// A painter that knows nothing of the terminal yet.
    init(_ graphics: TerminalGraphics) { self.graphics = graphics }

    /// Everything has to be drawn anew.
    mutating func forget() {
        shown = nil
        grid = nil
        strips = []
        area = nil
    }

    /// What makes the terminal show a frame.
    mutating func bytes(_ frame: LiveFrame, on wholeSize: TerminalSize) -> [UInt8] {
        var size = wholeSize
        // Larger ones are no screens.
        (size.columns, size.rows) = (min(max(1, size.columns), 1000), min(max(1, size.rows), 1000))
        if let shown, shown.frame == frame, shown.size == size { return [] }
        if shown?.size != size { forget() }
        shown = (frame, size)
        var bytes: [UInt8] = []
        if let picture = frame.screen.graphics, graphics != .halfBlocks {
            bytes = draw(PixelGrid(picture), frame, size)
        } else {
            bytes = leavePictures()
            var new =
                frame.screen.graphics.map { CellGrid(PixelGrid($0), columns: size.columns, rows: size.rows) }
                ?? CellGrid(frame.screen, columns: size.columns, rows: size.rows)
            if let line = frame.line { new.setLastRow(line) }
            bytes += CellPainter.bytes(from: grid, to: new)
            grid = new
        }
        // Terminals that know mode 2026 show all of it at once.
        return bytes.isEmpty ? [] : Array("\u{1B}[?2026h".utf8) + bytes + Array("\u{1B}[?2026l".utf8)
    }

    /// From pictures back to cells.
    private mutating func leavePictures() -> [UInt8] {
        guard area != nil else { return [] }
        area = nil
        strips = []
        grid = nil
        return graphics == .kitty ? PictureStrip.kittyWithout : []
    }

    /// A picture above the last row, which stays free: there, pictures would make the terminal scroll.
    private mutating func draw(_ picture: PixelGrid, _ frame: LiveFrame, _ size: TerminalSize) -> [UInt8] {
        // What terminals have that do not say.
        let cellWidth = size.cellWidth > 0 ? size.cellWidth : 8
        let cellHeight = size.cellHeight > 0 ? size.cellHeight : 16
        let room = (width: size.columns * cellWidth, height: max(1, size.rows - 1) * cellHeight)
        let dots = picture.fitting(width: room.width, height: room.height)
        let new = (columns: max(1, dots.width / cellWidth), rows: max(1, dots.height / cellHeight))
        if area.map({ $0 != new }) ?? true {
            _ = leavePictures()
            grid = nil
            area = new
        }
        var cells = CellGrid(columns: size.columns, rows: size.rows)
        if let line = frame.line { cells.setLastRow(line) }
        var bytes = grid == nil && graphics == .kitty ? PictureStrip.kittyWithout : []
        bytes += CellPainter.bytes(from: grid, to: cells)
        grid = cells
        let rows = strips(of: picture, new, cellWidth, cellHeight)
        for (row, strip) in rows.enumerated() where !strips.indices.contains(row) || strips[row] != strip {
            bytes +=
                graphics == .kitty
                ? PictureStrip.kitty(strip, row: row, columns: new.columns) : PictureStrip.sixel(strip, row: row)
        }
        strips = rows
        return bytes
    }

    /// A strip for each row of cells: for kitty, which scales them itself, as they are; else dot by dot.
    private func strips(
        of picture: PixelGrid, _ area: (columns: Int, rows: Int), _ cellWidth: Int, _ cellHeight: Int
    ) -> [PixelGrid] {
        let source =
            graphics == .kitty
            ? picture.withoutDoubles
            : picture.scaled(width: area.columns * cellWidth, height: area.rows * cellHeight, isMean: false)
        return (0..<area.rows).map { row in
            source.lines(row * source.height / area.rows..<(row + 1) * source.height / area.rows)
        }
    }
}
