import Contracts
import EventKernel

/// The kernel's side of the research: hands each recorded vector to the worker and goes on.
package final class ResearchRunner {
    private let worker: ResearchWorker?

    /// Without a `worker`, as in a replay, the journal's own results are all there are.
    package init(worker: ResearchWorker?, kernel: Kernel) {
        self.worker = worker
        kernel.bus.on(FeatureVectorRecorded.self, as: .researchRunner) { vector in
            self.worker?.take(copy vector)
        }
    }
}
