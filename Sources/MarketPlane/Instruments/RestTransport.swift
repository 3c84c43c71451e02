import AsyncHTTPClient
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

    package init(status: UInt, body: [UInt8]) {
        self.status = status
        self.body = body
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
        return RestAnswer(status: response.status.code, body: Array(bytes.readableBytesView))
    }
}
