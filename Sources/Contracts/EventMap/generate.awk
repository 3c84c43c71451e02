# Writes one of the generated files from event-map.tsv: awk -v what=topic|events|bus|doc -f generate.awk event-map.tsv
# One table, so that a topic, its payload and its channel cannot disagree. Run by `make event-map`.
BEGIN { FS = "\t"; note = "// Generated from Sources/Contracts/EventMap/event-map.tsv by `make event-map`. Do not edit.\n" }
/^#/ || NF < 6 { next }
{ n++; topic[n] = $1; payload[n] = $2; from[n] = $3; to[n] = $4; class[n] = $5; carries[n] = $6; name[n] = swift($1) }
END {
    if (what == "topic") topics(); else if (what == "events") events(); else if (what == "bus") bus(); else doc()
}
function swift(text,   words, k, i, word, result) {
    k = split(text, words, /[:_]/); result = words[1]
    for (i = 2; i <= k; i++) { word = words[i]; result = result toupper(substr(word, 1, 1)) substr(word, 2) }
    return result
}
function list(text,   words, k, i, result) {
    k = split(text, words, /,/); result = ""
    for (i = 1; i <= k; i++) result = result (i > 1 ? ", " : "") "." words[i]
    return "[" result "]"
}
function topics(   i, seen, order, k, words, j, m) {
    print note
    print "/// The event map: every topic of the bus, by the canon's name."
    print "package enum Topic: String, Codable, Hashable, Sendable, CaseIterable {"
    for (i = 1; i <= n; i++) { print "    /// " toupper(substr(carries[i], 1, 1)) substr(carries[i], 2) "."; print "    case " name[i] " = \"" topic[i] "\"" }
    print "}\n"
    print "/// The modules that publish and subscribe."
    print "package enum Module: String, Codable, Hashable, Sendable, CaseIterable {"
    for (i = 1; i <= n; i++) { k = split(from[i] "," to[i], words, /,/); for (j = 1; j <= k; j++) if (!(words[j] in seen)) { seen[words[j]] = 1; order[++m] = words[j] } }
    for (i = 1; i <= m; i++) print "    case " order[i]
    print "}\n"
    print "/// How a topic is treated where a queue is full."
    print "package enum TopicClass: Sendable {"
    print "    /// May be refused when a queue is full: counted, and healed by a resync."
    print "    case market"
    print "    /// Has reserved room and is never refused."
    print "    case control"
    print "}\n"
    print "extension Topic {"
    print "    /// The topic's place in the event map, from 0."
    print "    package var index: Int {\n        switch self {"
    for (i = 1; i <= n; i++) print "        case ." name[i] ": " (i - 1)
    print "        }\n    }\n"
    print "    /// How the topic is treated where a queue is full."
    print "    package var topicClass: TopicClass {\n        switch self {"
    for (i = 1; i <= n; i++) print "        case ." name[i] ": ." class[i]
    print "        }\n    }\n"
    print "    /// The modules that may publish on the topic."
    print "    package var publishers: [Module] {\n        switch self {"
    for (i = 1; i <= n; i++) print "        case ." name[i] ": " list(from[i])
    print "        }\n    }\n"
    print "    /// The modules that listen to the topic; the journal listens to all."
    print "    package var subscribers: [Module] {\n        switch self {"
    for (i = 1; i <= n; i++) print "        case ." name[i] ": " list(to[i])
    print "        }\n    }"
    print "}"
}
function events(   i) {
    print note
    for (i = 1; i <= n; i++) {
        print "extension " payload[i] ": Event {"
        print "    package static var topic: Topic { ." name[i] " }"
        print "    package var erased: AnyEvent { ." name[i] "(self) }"
        print "}\n"
    }
    print "/// Any event of the map: the closed sum, for the edges only."
    print "package enum AnyEvent: Hashable, Sendable {"
    for (i = 1; i <= n; i++) print "    case " name[i] "(" payload[i] ")"
    print "}\n"
    print "extension AnyEvent {"
    print "    package var topic: Topic {\n        switch self {"
    for (i = 1; i <= n; i++) print "        case ." name[i] ": ." name[i]
    print "        }\n    }\n"
    print "    package var meta: EventMeta {\n        switch self {"
    for (i = 1; i <= n; i++) print "        case ." name[i] "(let event): event.meta"
    print "        }\n    }\n"
    print "    /// Encodes the payload alone, as the journal keeps it."
    print "    package func encodePayload<Output>(_ encode: (any Event) throws -> Output) rethrows -> Output {\n        switch self {"
    for (i = 1; i <= n; i++) print "        case ." name[i] "(let event): try encode(event)"
    print "        }\n    }\n"
    print "    /// Decodes the payload of `topic`, as the journal keeps it."
    print "    package static func decodePayload(of topic: Topic, with decoder: some PayloadDecoder) throws -> AnyEvent {\n        switch topic {"
    for (i = 1; i <= n; i++) print "        case ." name[i] ": ." name[i] "(try decoder.decode(" payload[i] ".self))"
    print "        }\n    }"
    print "}\n"
    print "/// Decodes one payload, whatever the notation."
    print "package protocol PayloadDecoder {"
    print "    func decode<Payload: Event>(_ type: Payload.Type) throws -> Payload"
    print "}"
}
function bus(   i) {
    print note
    print "import Contracts\n"
    for (i = 1; i <= n; i++) {
        print "extension " payload[i] ": BusEvent {"
        print "    package static func channel(in channels: Channels) -> Channel<Self> { channels." name[i] " }"
        print "}"
    }
    print "\n// Concrete, so that the whole way from publish to handler is specialised here, once.\nextension EventBus {"
    for (i = 1; i <= n; i++) print "    package func publish(_ event: consuming " payload[i] ") { stamp(&event.meta); emit(event, on: channels." name[i] ", ." name[i] ", isRoot: false) }"
    print "}"
    print "\n/// One typed channel a topic."
    print "package final class Channels {"
    for (i = 1; i <= n; i++) print "    let " name[i] " = Channel<" payload[i] ">()"
    print "\n    init() {}\n"
    print "    deinit {"
    for (i = 1; i <= n; i++) print "        " name[i] ".free()"
    print "    }\n"
    print "    /// Lets go of all who listen."
    print "    func forgetHandlers() {"
    for (i = 1; i <= n; i++) print "        " name[i] ".forgetHandlers()"
    print "    }\n"
    print "    /// Delivers the oldest waiting event of `topic`."
    print "    func deliverNext(of topic: Topic, on bus: EventBus) {\n        switch topic {"
    for (i = 1; i <= n; i++) print "        case ." name[i] ": " name[i] ".deliverNext(on: bus)"
    print "        }\n    }\n"
    print "    /// Forgets the oldest waiting event of `topic`."
    print "    func dropNext(of topic: Topic) {\n        switch topic {"
    for (i = 1; i <= n; i++) print "        case ." name[i] ": " name[i] ".dropNext()"
    print "        }\n    }\n"
    print "    /// The modules that listen to `topic`."
    print "    package func subscribers(of topic: Topic) -> [Module] {\n        switch topic {"
    for (i = 1; i <= n; i++) print "        case ." name[i] ": " name[i] ".subscribers"
    print "        }\n    }"
    print "}\n"
    print "extension AnyEvent {"
    print "    /// Publishes the event as a root event: one that came from outside."
    print "    func publishRoot(on bus: EventBus) {\n        switch self {"
    for (i = 1; i <= n; i++) print "        case ." name[i] "(var event): bus.stamp(&event.meta); bus.emit(event, on: bus.channels." name[i] ", ." name[i] ", isRoot: true)"
    print "        }\n    }"
    print "}"
}
function doc(   i) {
    print "# The event map\n"
    print "Generated from `Sources/Contracts/EventMap/event-map.tsv` by `make event-map`. The journal listens to every topic.\n"
    print "| topic | payload | published by | heard by | carries |\n| --- | --- | --- | --- | --- |"
    for (i = 1; i <= n; i++) { gsub(/,/, ", ", from[i]); gsub(/,/, ", ", to[i]); print "| `" topic[i] "` | `" payload[i] "` | " from[i] " | " to[i] " | " carries[i] " |" }
}
