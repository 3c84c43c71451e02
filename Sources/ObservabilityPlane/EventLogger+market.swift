import Contracts
import EventKernel
import Logging
import Systemd

extension EventLogger {
    func listenToMarket(_ bus: EventBus) {
        bus.on(MarketConnectRequest.self, as: .logger) { event in
            self.write(.info, "market", event, "connect to \(event.venue) \(event.category.rawValue)")
        }
        bus.on(MarketDisconnectRequest.self, as: .logger) { event in
            self.write(.info, "market", event, "disconnect: \(event.why)")
        }
        bus.on(MarketSubscribeRequest.self, as: .logger) { event in
            let symbols = event.instruments.map(\.description).joined(separator: " ")
            self.write(.info, "market", event, "subscribe \(symbols)")
        }
        bus.on(MarketConnected.self, as: .logger) { event in
            self.write(.notice, "market", event, "\(event.connectionID) connected (attempt \(event.attempt))")
        }
        bus.on(MarketDisconnected.self, as: .logger) { event in self.note(copy event) }
        bus.on(MarketErrorEvent.self, as: .logger) { event in
            let retry = event.willRetryInMilliseconds.map { "; trying again in \($0) ms" } ?? ""
            self.write(.warning, "market", event, "\(event.what): \(event.why)\(retry) [\(event.code)]")
        }
        bus.on(InstrumentSpec.self, as: .logger) { event in
            self.write(
                .info,
                "market",
                event,
                "\(event.instrument) tick \(event.tickSize) step \(event.quantityStep)",
                instrument: event.instrument
            )
        }
        bus.on(FeedHealth.self, as: .logger) { event in
            let isFresh = event.state == .fresh
            // Before the start is done and after the stop has begun, data that is not there is no alarm.
            let isAlarm = !isFresh && (self.lifecycle == .running || self.lifecycle == .paused)
            self.write(
                isAlarm ? .warning : .info,
                "market",
                event,
                "\(event.instrument) data \(event.state.rawValue): \(event.detail)",
                instrument: event.instrument,
                id: isAlarm ? .dataStale : nil
            )
        }
        bus.on(ClockOffset.self, as: .logger) { event in
            self.write(.debug, "market", event, "clock offset \(event.offsetMilliseconds) ms")
        }
        bus.on(LiquidationEvent.self, as: .logger) { event in
            self.write(
                .debug,
                "market",
                event,
                "liquidation \(event.side.rawValue) \(event.quantity) at \(event.price)",
                instrument: event.instrument
            )
        }
        bus.on(AutoDeleverageAlert.self, as: .logger) { event in
            self.write(
                .warning,
                "market",
                event,
                "auto-deleveraging alert for \(event.symbol) (\(event.coin))"
            )
        }
        bus.on(InsuranceUpdate.self, as: .logger) { event in
            self.write(
                .debug,
                "market",
                event,
                "insurance pool \(event.symbols): \(event.balance) \(event.coin)"
            )
        }
        bus.on(ExchangeStatus.self, as: .logger) { event in
            self.write(.warning, "market", event, "exchange status \(event.state.rawValue): \(event.title)")
        }
        bus.on(MarketContext.self, as: .logger) { event in
            self.write(
                .info,
                "analytics",
                event,
                "\(event.instrument) regime \(event.trend.rawValue), volatility \(event.volatility.rawValue)",
                instrument: event.instrument
            )
        }
    }

    private func note(_ event: MarketDisconnected) {
        guard event.reason != .requested else {
            // The one line of a stop that says a connection is closed and cleaned up.
            return write(
                .notice,
                "market",
                event,
                "\(event.connectionID) closed and cleaned up: \(event.detail)",
                id: .cleanup
            )
        }
        let retry = event.willRetryInMilliseconds.map { "; trying again in \($0) ms" } ?? ""
        write(
            .warning,
            "market",
            event,
            "\(event.connectionID) lost (\(event.reason.rawValue)): \(event.detail)\(retry)"
        )
    }
}
