import Testing

@testable import StrategyPlane

@Suite struct `A reason` {
    @Test(arguments: [
        (0.0, "0.0000"), (1, "1.0000"), (-1, "-1.0000"), (0.00005, "0.0000"), (0.0001, "0.0001"),
        (9.9999, "9.9999"), (10, "10.0000"), (97_123.45678, "97123.4568"), (-0.5, "-0.5000"),
        (92_233_720_368.5, "92233720368.5000"), (1e300, "1e+300"), (.nan, "nan"),
    ])
    func `shows a figure with four places`(figure: Double, text: String) {
        var reason = ReasonText("close ")
        reason.add(figure)
        reason.add(" there")
        #expect(reason.text == "close \(text) there")
    }
}
