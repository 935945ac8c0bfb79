import Devices

/// Reads cases and finds their files.
enum CaseReader {
    /// The case in a file's text.
    static func parse(_ bytes: [UInt8], path: String) throws(CaseError) -> CheckCase {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw CaseError(line: 1, message: "the file is no UTF-8 text; name a case")
        }
        var report = CheckCase(path: path)
        let lines = try CaseText.lines(bytes)
        guard lines.count <= CheckCase.lineLimit else {
            throw CaseError(line: 1, message: "it has more than \(CheckCase.lineLimit) lines; make several cases of it")
        }
        for line in lines {
            if let row = CaseKeyword.all.first(where: { $0.name == line.keyword }) {
                try row.body(&report, line)
            } else {
                try CaseKeyword.option(line.keyword, line.text, &report, line)
            }
            guard report.byteCount <= CheckCase.byteLimit else {
                throw line.error("the case stands for more than 64 MiB; put bytes into files, or expect a memory-hash")
            }
            guard report.settings.loads.count + report.settings.firmwareFiles.count <= CheckCase.fileLimit else {
                throw line.error("the case has more than \(CheckCase.fileLimit) files; leave some out")
            }
        }
        let end = lines.last?.number ?? 1
        guard !report.expectations.isEmpty else {
            throw CaseError(line: end, message: "nothing is expected; add lines such as 'expect end halted'")
        }
        let settings = report.settings
        let hasDisk = !report.disks.isEmpty || !settings.disks.isEmpty
        guard
            !settings.operands.isEmpty || hasDisk || settings.entry != nil
                || settings.loads.contains(where: { $0.far != nil })
        else { throw CaseError(line: end, message: "there is nothing to run; add a blob or disk, or mem and entry") }
        try checkFlat(report, end)
        besides(path, &report.settings)
        for index in report.disks.indices {
            let disk = report.disks[index]
            report.disks[index].path = HostPath.path(disk.path, besides: path)
            let request = DiskRequest(path: report.disks[index].path, kind: disk.drive.kind)
            report.settings.disks.images[disk.drive.number] = request
        }
        return report
    }

    /// In flat mode segment registers are selectors of no table: they cannot be chosen.
    private static func checkFlat(_ report: CheckCase, _ end: Int) throws(CaseError) {
        guard report.isFlat else { return }
        guard report.settings.model.is32Bit else {
            throw CaseError(line: end, message: "mode flat32 needs a 32-bit processor; use cpu 80386 or later")
        }
        for value in report.settings.registers {
            guard case .segment(let register) = value.register else { continue }
            let message = "mode flat32 sets the segments itself; leave out \(register.name)"
            throw CaseError(line: end, message: message)
        }
    }

    /// Files are found beside the case.
    private static func besides(_ path: String, _ settings: inout Settings) {
        for index in settings.loads.indices {
            settings.loads[index].path = HostPath.path(settings.loads[index].path, besides: path)
        }
        for index in settings.firmwareFiles.indices {
            guard case .file(let file) = settings.firmwareFiles[index].source else { continue }
            settings.firmwareFiles[index].source = .file(HostPath.path(file, besides: path))
        }
    }

    /// The case in a file.
    ///
    /// - Throws: `CommandError` that names the file and the line.
    static func read(_ path: String) throws(CommandError) -> CheckCase {
        let bytes = try HostFile.read(path, limit: CaseText.limit)
        do throws(CaseError) {
            return try parse(bytes, path: path)
        } catch {
            throw .load("\(path.quoted), line \(error.line): \(error.message.oneLine)")
        }
    }

    /// The files that operands name: themselves, or those in a directory that end in `.case`.
    static func find(_ operands: [String]) throws(CommandError) -> [String] {
        var paths: [String] = []
        for operand in operands {
            guard HostDirectory.isDirectory(operand) else {
                paths.append(operand)
                continue
            }
            let names = try HostDirectory.names(in: operand).filter { $0.hasSuffix(".case") }
            guard !names.isEmpty else {
                throw .load("there is no .case file in \(operand.quoted); name a directory that has some")
            }
            paths += names.map { operand.hasSuffix("/") ? operand + $0 : operand + "/" + $0 }
        }
        return paths
    }
}
