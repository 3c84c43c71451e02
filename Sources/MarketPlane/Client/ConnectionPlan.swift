import BybitProtocol
import Contracts

/// One connection of the feed, by name: whose streams it carries and where it goes.
package struct ConnectionIdentity: Hashable, Sendable {
    package let id: String
    /// Of the streams; the status connection is of none and says `linear`.
    package let category: Category
    /// Behind the public stream's address.
    package let path: String

    /// The connection `number`, from 1 on, of `category`.
    package init(_ category: Category, number: Int = 1) {
        self.category = category
        path = category.rawValue
        id = "bybit-public-\(category.rawValue)" + (number == 1 ? "" : "-\(number)")
    }

    private init(id: String, category: Category, path: String) {
        self.id = id
        self.category = category
        self.path = path
    }

    /// The connection that tells of the exchange's maintenance.
    package static let status = ConnectionIdentity(
        id: "bybit-status",
        category: .linear,
        path: "misc/status"
    )
}

/// Which topic goes over which connection.
///
/// A value that gives the same plan for the same wishes: the feed connects by it, and the monitor in the kernel knows
/// from it, live and in a replay, whose data a lost connection takes with it. An instrument's topics stay together.
struct ConnectionPlan {
    /// What one connection is newly asked for.
    struct Share: Equatable {
        let connection: ConnectionIdentity
        let topics: [StreamTopic]
    }

    struct Refusal: Equatable {
        let instrument: Instrument
        let why: String
    }

    private struct Seat {
        let connection: ConnectionIdentity
        var topicCount = 0
        var characters = 0
        var instruments: Set<Instrument> = []
    }

    private struct Place: Hashable {
        let category: Category
        let topic: StreamTopic
    }

    private let topicCountMax: Int
    private var seats: [Seat] = []
    private var places: [Place: Int] = [:]
    private var homes: [Instrument: Int] = [:]

    init(settings: MarketSettings) { topicCountMax = max(1, settings.connectionTopicsMax) }

    /// Every connection so far, in the order of their making.
    var connections: [ConnectionIdentity] { seats.map(\.connection) }

    /// The instruments whose data comes over the connection `id`; nil for one that is not of this plan.
    func instruments(on id: String) -> Set<Instrument>? {
        if id == ConnectionIdentity.status.id { return [] }
        return seats.first { $0.connection.id == id }?.instruments
    }

    /// Where a topic goes.
    func connection(of topic: StreamTopic, in category: Category) -> ConnectionIdentity? {
        places[Place(category: category, topic: topic)].map { seats[$0].connection }
    }

    /// Places each stream of each instrument; gives what is new, by connection, and what no category has.
    mutating func place(
        _ instruments: [Instrument],
        streams: [MarketStream]
    ) -> (shares: [Share], refusals: [Refusal]) {
        var new: [Int: [StreamTopic]] = [:]
        var refusals: [Refusal] = []
        for instrument in instruments.sorted() {
            var wanted: [StreamTopic] = []
            for stream in streams where stream != .systemStatus {
                if let topic = StreamCatalogue.topic(stream, of: instrument) {
                    wanted.append(topic)
                } else {
                    let why =
                        StreamCatalogue.refusal(of: stream, in: instrument.category) ?? "it has no topic"
                    refusals.append(Refusal(instrument: instrument, why: why))
                }
            }
            for (index, topic) in seat(wanted, of: instrument) { new[index, default: []].append(topic) }
        }
        var shares = new.sorted { $0.key < $1.key }.map { index, topics in
            Share(connection: seats[index].connection, topics: topics.sorted())
        }
        if streams.contains(.systemStatus), !instruments.isEmpty, let symbol = Symbol("status") {
            let topic = StreamTopic(stream: .systemStatus, symbol: symbol)
            shares.append(Share(connection: .status, topics: [topic]))
        }
        return (shares, refusals)
    }

    private mutating func seat(_ wanted: [StreamTopic], of instrument: Instrument) -> [(Int, StreamTopic)] {
        var new: [(Int, StreamTopic)] = []
        var missing = wanted.filter { topic in
            let place = Place(category: instrument.category, topic: topic)
            guard let index = places[place] else { return true }
            note(instrument, topic, on: index)
            return false
        }
        while !missing.isEmpty {
            let (index, room) = seatWithRoom(for: missing, of: instrument)
            for topic in missing.prefix(room) {
                seats[index].topicCount += 1
                seats[index].characters += RequestLimits.cost(of: topic)
                places[Place(category: instrument.category, topic: topic)] = index
                note(instrument, topic, on: index)
                new.append((index, topic))
            }
            homes[instrument] = homes[instrument] ?? index
            missing.removeFirst(room)
        }
        return new
    }

    private mutating func note(_ instrument: Instrument, _ topic: StreamTopic, on index: Int) {
        if StreamCatalogue.isOfInstruments(topic.stream) { seats[index].instruments.insert(instrument) }
    }

    /// The seat for as many of `topics` as fit: the instrument's own first, else one for all of them.
    private mutating func seatWithRoom(
        for topics: [StreamTopic],
        of instrument: Instrument
    ) -> (index: Int, room: Int) {
        if let home = homes[instrument] {
            let room = room(for: topics, on: home)
            if room > 0 { return (home, room) }
        }
        let ofCategory = seats.indices.filter { seats[$0].connection.category == instrument.category }
        for index in ofCategory where room(for: topics, on: index) == topics.count {
            return (index, topics.count)
        }
        seats.append(Seat(connection: ConnectionIdentity(instrument.category, number: ofCategory.count + 1)))
        return (seats.count - 1, max(1, room(for: topics, on: seats.count - 1)))
    }

    private func room(for topics: [StreamTopic], on index: Int) -> Int {
        var (count, characters) = (seats[index].topicCount, seats[index].characters)
        let countMax =
            seats[index].connection.category == .option
            ? min(topicCountMax, RequestLimits.optionArgumentsMax) : topicCountMax
        var room = 0
        for topic in topics {
            count += 1
            characters += RequestLimits.cost(of: topic)
            guard count <= countMax, characters <= RequestLimits.charactersMax else { break }
            room += 1
        }
        return room
    }
}

extension RequestLimits {
    /// Of one connection for options, as the exchange has it.
    static let optionArgumentsMax = 2_000
}
