import Glibc

/// The folder that systemd gives the daemon for its run; away from systemd there is none.
enum RuntimeFolder {
    /// Leaves an empty file for the unit's own commands.
    static func note(_ name: String) {
        guard let folder = unsafe getenv("RUNTIME_DIRECTORY") else { return }
        let path = unsafe String(cString: folder) + "/" + name
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
    }
}
