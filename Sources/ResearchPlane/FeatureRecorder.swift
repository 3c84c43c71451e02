import Contracts
import EventKernel

/// Turns every warm feature set into a vector that research keeps; a cold one teaches nothing.
package final class FeatureRecorder {
    private unowned let bus: EventBus
    /// Feature sets that were not warm yet.
    package private(set) var coldCount = 0

    /// Records the bars of `barSeconds` alone, where the engine has several timeframes; nil: all.
    package init(barSeconds: Int? = nil, kernel: Kernel) {
        bus = kernel.bus
        bus.on(FeatureSet.self, as: .featureRecorder) { features in
            if let barSeconds, features.barSeconds != barSeconds { return }
            guard features.isWarm else {
                self.coldCount += 1
                return
            }
            self.bus.publish(FeatureVectorRecorded(recording: copy features))
        }
    }
}
