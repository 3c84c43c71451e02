import Contracts

extension StrategySeat {
    /// Where it stands; made of what it holds and what it has asked for.
    var phase: StrategyState.Phase {
        guard let exposure = askedExposure else { return held.isZero ? restingPhase : .holding }
        if held.isZero { return exposure.isZero ? restingPhase : .entering }
        if exposure.isZero { return .exiting }
        return ask?.isReached == true && exposure.isNegative == held.isNegative ? .holding : .entering
    }

    /// What has been asked for and is still wanted; nil where nothing is.
    private var askedExposure: Ratio? {
        guard let asked = ask?.exposure, asked == nextExposure else { return nil }
        return asked
    }

    private var restingPhase: StrategyState.Phase { coolingBars > 0 ? .cooling : .flat }

    var state: Told { Told(phase: phase, version: options.version, isEnabled: isEnabled) }

    /// Whether it stands elsewhere than was told.
    var hasStateNews: Bool {
        guard let told else { return true }
        return told.phase != phase || told.isEnabled != isEnabled || told.version != options.version
    }

    /// Why it stands there, in words that are there already.
    var stateReason: String {
        if !isEnabled { return offReason }
        return phase == .holding ? "in position" : wanted?.reason ?? "seated"
    }
}
