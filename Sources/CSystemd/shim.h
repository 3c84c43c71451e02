// What Swift needs from libsystemd and from the socket layer that glibc's module doesn't export.
#ifndef TRADEBOT_CSYSTEMD_SHIM_H
#define TRADEBOT_CSYSTEMD_SHIM_H

// The library would else add this header's own file and line to every entry.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>

#include <errno.h>
#include <grp.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/uio.h>

/// Who is at the other end of a Unix socket: the kernel's `struct ucred`.
typedef struct tb_peer {
    int32_t pid;
    uint32_t uid;
    uint32_t gid;
} tb_peer;

/// SO_PEERCRED; 0, or the error number.
static inline int tb_peer_credentials(int descriptor, tb_peer *peer) {
    socklen_t size = sizeof *peer;
    return getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, peer, &size) == 0 ? 0 : errno;
}

/// SO_PEERGROUPS: fills at most `*count` groups and says how many there are; 0, or the error number
/// (ERANGE: `*count` now says how many to make room for).
static inline int tb_peer_groups(int descriptor, uint32_t *groups, uint32_t *count) {
    socklen_t size = (socklen_t)(*count * sizeof *groups);
    int failed = getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, groups, &size);
    *count = size / sizeof *groups;
    return failed == 0 ? 0 : errno;
}

enum { tb_journal_fields_max = 64 };

/// Sends one entry whose `NAME=value` fields lie one after the other; 0, or a negative error number.
static inline int tb_journal_send(const uint8_t *bytes, const long *lengths, int count) {
    struct iovec fields[tb_journal_fields_max];
    if (count > tb_journal_fields_max) return -E2BIG;
    for (int i = 0; i < count; i++) {
        // The library only reads through these pointers, and is done with them when it returns.
        fields[i] = (struct iovec){.iov_base = (void *)(uintptr_t)bytes, .iov_len = (size_t)lengths[i]};
        bytes += lengths[i];
    }
    return sd_journal_sendv(fields, count);
}

#endif
