import ArgumentParser
import StoragePlane

/// A chain with what it followed from, one event a line, and its ending.
struct ChainView {
    static let stepCountMax = 10_000

    let chain: CausalChain

    func print() throws(ExitCode) {
        var output = StandardOutput()
        try output.write("\(chain.id)\n")
        for step in chain.steps { try output.write("\(StepLine(step: step))\n") }
        if chain.isCut { try output.write("… and more than \(Self.stepCountMax) events\n") }
        try output.write("\(chain.ending)\n")
        try output.flush()
    }
}
