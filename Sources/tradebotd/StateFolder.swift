import Glibc

/// The folder in which the daemon keeps its journal and features.
enum StateFolder {
    struct Failure: Error, CustomStringConvertible {
        let path: String
        let why: String

        var description: String {
            "the state folder can't be made: \(path): \(why); make it, or set daemon.state_dir to a folder of yours"
        }
    }

    /// Makes the folder, for its owner alone, unless it is there.
    static func make(_ path: String) throws(Failure) {
        guard unsafe mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw Failure(path: path, why: unsafe String(cString: strerror(errno)))
    }
}
