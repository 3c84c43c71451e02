/// All indicators at once, one row a bar: the columns that reference figures come in.
///
/// - Shape: ``columns`` names them; a row has a figure or nothing in each place.
/// - Source: `../shared/oracles/README.md`, section 1; held to it by `IndicatorsTests`.
package struct IndicatorTable: Hashable, Codable, Sendable {
    /// The bar's own columns, then those that are computed.
    package static let columns = [
        "open_time_ms", "open", "high", "low", "close", "volume",
        "sma", "ema", "wma", "rsi", "atr", "adx", "plus_di", "minus_di",
        "macd", "macd_signal", "macd_hist", "macd_plain", "macd_plain_signal",
        "bb_upper", "bb_mid", "bb_lower", "stoch_k", "stoch_d", "cci", "mfi", "obv", "roc",
        "vwap_utc_day", "vwap_rolling", "log_return", "realised_vol",
        "donchian_upper", "donchian_lower", "keltner_mid", "keltner_upper", "keltner_lower",
        "supertrend", "supertrend_dir",
    ]
    /// How many of ``columns`` are the bar's own.
    package static let givenCount = 6

    private var sma: SMA
    private var ema: EMA
    private var wma: WMA
    private var rsi: RSI
    private var atr: ATR
    private var adx: DirectionalMovement
    private var macd: MACD
    private var macdPlain: MACD
    private var bollinger: BollingerBands
    private var stochastic: Stochastic
    private var cci: CCI
    private var mfi: MFI
    private var obv = OBV()
    private var rateOfChange: RateOfChange
    private var dailyVWAP = DailyVWAP()
    private var rollingVWAP: RollingVWAP
    private var logReturn = LogReturn()
    private var volatility: RealisedVolatility
    private var donchian: DonchianChannel
    private var keltner: KeltnerChannel
    private var superTrend: SuperTrend

    package init(_ parameters: IndicatorParameters) {
        sma = SMA(length: parameters.sma)
        ema = EMA(length: parameters.ema)
        wma = WMA(length: parameters.wma)
        rsi = RSI(length: parameters.rsi)
        atr = ATR(length: parameters.atr)
        adx = DirectionalMovement(length: parameters.adx)
        let (fast, slow, signal) = (
            parameters.macd.fast, parameters.macd.slow, parameters.macd.signal
        )
        macd = MACD(fast: fast, slow: slow, signal: signal)
        macdPlain = MACD(fast: fast, slow: slow, signal: signal, seeding: .apart)
        bollinger = BollingerBands(length: parameters.bollinger.length, width: parameters.bollinger.width)
        stochastic = Stochastic(
            length: parameters.stochastic.length,
            slowing: parameters.stochastic.slowing,
            signal: parameters.stochastic.signal
        )
        cci = CCI(length: parameters.cci)
        mfi = MFI(length: parameters.mfi)
        rateOfChange = RateOfChange(length: parameters.rateOfChange)
        rollingVWAP = RollingVWAP(length: parameters.rollingVWAP)
        volatility = RealisedVolatility(length: parameters.volatility)
        donchian = DonchianChannel(length: parameters.donchian)
        keltner = KeltnerChannel(
            length: parameters.keltner.length,
            rangeLength: parameters.keltner.rangeLength,
            width: parameters.keltner.width
        )
        superTrend = SuperTrend(length: parameters.superTrend.length, width: parameters.superTrend.width)
    }

    /// Takes a bar in; gives the computed columns' figures at its close, in their order.
    package mutating func update(_ candle: Candle) -> [Double?] {
        let close = candle.close
        let logReturn = logReturn.update(close)
        var figures = [sma.update(close), ema.update(close), wma.update(close), rsi.update(close)]
        figures += [atr.update(candle)]
        let movement = adx.update(candle)
        figures += [movement?.index, movement?.plus, movement?.minus]
        let (macd, plain) = (macd.update(close), macdPlain.update(close))
        figures += [macd?.line, macd?.signal, macd?.histogram, plain?.line, plain?.signal]
        let bollinger = bollinger.update(close)
        figures += [bollinger?.upper, bollinger?.middle, bollinger?.lower]
        let stochastic = stochastic.update(candle)
        figures += [stochastic?.slowK, stochastic?.slowD]
        figures += [cci.update(candle), mfi.update(candle), obv.update(candle), rateOfChange.update(close)]
        figures += [dailyVWAP.update(candle), rollingVWAP.update(candle)]
        figures += [logReturn, logReturn.flatMap { volatility.update(logReturn: $0) }]
        let donchian = donchian.update(candle)
        figures += [donchian?.upper, donchian?.lower]
        let channel = keltner.update(candle)
        figures += [keltner.middle, channel?.upper, channel?.lower]
        let trend = superTrend.update(candle)
        figures += [trend?.line, trend?.direction ?? 0]
        return figures
    }

    /// Takes a bar in; gives its row as text, one cell a column, empty where there is no figure yet.
    package mutating func cells(_ candle: Candle) -> [String] {
        let given = [candle.open, candle.high, candle.low, candle.close, candle.volume]
        return [String(candle.openTime)] + given.map(SignificantDigits.text)
            + update(candle).map { $0.map(SignificantDigits.text) ?? "" }
    }
}
