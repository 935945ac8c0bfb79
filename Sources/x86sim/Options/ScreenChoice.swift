/// What `--screen` shows besides pictures.
enum ScreenChoice: String, Sendable, CaseIterable {
    /// What the guest prints, as it prints it, and the last screen if that shows more.
    case text
    /// The screen in colour, live on a terminal.
    case ansi
    /// The screen on the terminal, whose keys are the guest's.
    case live
    /// Nothing.
    case none
}
