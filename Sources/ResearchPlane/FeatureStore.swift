import Contracts
import EventKernel

/// The kernel's side of the feature store: hands vectors and outcomes to the writer and goes on.
package final class FeatureStore {
    private let writer: FeatureWriter?

    /// Without a `writer`, as in a replay, nothing is kept.
    package init(writer: FeatureWriter?, kernel: Kernel) {
        self.writer = writer
        kernel.bus.on(FeatureVectorRecorded.self, as: .featureStore) { vector in
            self.writer?.take(.vector(copy vector))
        }
        kernel.bus.on(OutcomeRecorded.self, as: .featureStore) { outcome in
            self.writer?.take(.outcome(copy outcome))
        }
    }
}
