import AsyncHTTPClient
import Contracts
import NIOCore
import NIOHTTP1

/// Gets what a URL answers; the one way to the exchange's REST interface.
package protocol RestTransport: Sendable {
    /// Gets one answer; throws where none came.
    func get(_ url: String) async throws -> RestAnswer
}

/// An HTTP answer, whatever its status.
package struct RestAnswer: Hashable, Sendable {
    package let status: UInt
    package let body: [UInt8]
    /// How many more requests the exchange takes for now; nil where it does not say.
    package let limitRemaining: Int?
    /// From when on it takes them again.
    package let limitResetsAt: UnixMilliseconds?

    package init(
        status: UInt,
        body: [UInt8],
        limitRemaining: Int? = nil,
        limitResetsAt: UnixMilliseconds? = nil
    ) {
        self.status = status
        self.body = body
        self.limitRemaining = limitRemaining
        self.limitResetsAt = limitResetsAt
    }
}

/// The live transport: bounded in time and in bytes.
package struct HTTPTransport: RestTransport {
    private static let bodyBytesMax = 4 << 20

    private let client: HTTPClient
    private let timeout: TimeAmount

    package init(client: HTTPClient, timeoutMilliseconds: Int64) {
        self.client = client
        timeout = .milliseconds(timeoutMilliseconds)
    }

    package func get(_ url: String) async throws -> RestAnswer {
        let response = try await client.execute(HTTPClientRequest(url: url), timeout: timeout)
        let bytes = try await response.body.collect(upTo: Self.bodyBytesMax)
        let headers = response.headers
        return RestAnswer(
            status: response.status.code,
            body: Array(bytes.readableBytesView),
            limitRemaining: headers.first(name: "X-Bapi-Limit-Status").flatMap { Int($0) },
            limitResetsAt: headers.first(name: "X-Bapi-Limit-Reset-Timestamp").flatMap { Int64($0) }
        )
    }
}
