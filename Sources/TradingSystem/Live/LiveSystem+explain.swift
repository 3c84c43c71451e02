import Contracts
import ControlPlane
import ControlProtocol
import StoragePlane

extension LiveSystem {
    /// Looks a chain of events up in the journal as it is on disk by now; the kernel and the writer go on meanwhile.
    static func explain(_ text: String, in journal: JournalWriter) throws -> ChainReport? {
        guard let name = ChainName(text) else { return nil }
        let reader = try JournalReader(path: journal.path)
        let chain = try reader.correlation(of: name).flatMap { id in
            try reader.causalChain(of: id, limit: ControlLimits.chainStepsMax)
        }
        try reader.close()
        return chain.map { chain in
            ChainReport(
                id: chain.id.description,
                steps: chain.steps.map { step in
                    ChainReport.Step(
                        sequence: step.sequence,
                        ts: step.ts,
                        topic: step.topic,
                        isRoot: step.isRoot,
                        text: step.text
                    )
                },
                ending: chain.ending,
                isCut: chain.isCut
            )
        }
    }
}
