import Logging

/// Lines that wait for the writer, in order and bounded: when full, the least important goes first.
struct LogBacklog {
    /// How many lines may wait.
    static let lineCountMax = 8_192

    private struct Waiting {
        let number: Int
        let line: LogLine
    }

    private var lanes = [[Waiting]](repeating: [], count: Logger.Level.allCases.count)
    private var nextNumber = 0
    private(set) var count = 0

    /// Lets the line wait; false if one line, this or a lesser one, had to go for it.
    mutating func push(_ line: LogLine) -> Bool {
        var droppedNone = true
        if count == Self.lineCountMax {
            droppedNone = false
            let least = lanes.firstIndex { !$0.isEmpty } ?? 0
            guard least < line.level.rank else { return false }
            lanes[least].removeLast()
            count -= 1
        }
        lanes[line.level.rank].append(Waiting(number: nextNumber, line: line))
        nextNumber += 1
        count += 1
        return droppedNone
    }

    /// Gives the oldest lines, at most this many, in the order they came.
    mutating func take(_ countMax: Int) -> [LogLine] {
        var taken: [LogLine] = []
        var positions = [Int](repeating: 0, count: lanes.count)
        while taken.count < countMax, let lane = oldestLane(from: positions) {
            taken.append(lanes[lane][positions[lane]].line)
            positions[lane] += 1
        }
        for lane in lanes.indices where positions[lane] > 0 {
            lanes[lane].removeFirst(positions[lane])
        }
        count -= taken.count
        return taken
    }

    private func oldestLane(from positions: [Int]) -> Int? {
        lanes.indices.filter { positions[$0] < lanes[$0].count }
            .min { lanes[$0][positions[$0]].number < lanes[$1][positions[$1]].number }
    }
}
