Host.exit(X86Sim.run(Array(CommandLine.arguments.dropFirst()), host: .process()))
