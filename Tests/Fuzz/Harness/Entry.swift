import FuzzTargets
import Glibc

/// The target that the environment names; read once.
private let target: FuzzTarget = {
    guard let name = unsafe getenv("FUZZ_TARGET"),
        let target = unsafe FuzzTarget(rawValue: String(cString: name))
    else {
        let known = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        fatalError("set FUZZ_TARGET to one of \(known)")
    }
    return target
}()

/// What libFuzzer calls with every input; a contradiction ends the process, so that the input is kept.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    if let contradiction = target.contradiction(in: bytes) { fatalError(contradiction) }
    return 0
}
