/*
 * A disk that fails, for a program started with this in LD_PRELOAD: while the folder $FAULTY_DISK holds a file named
 *   slow        each fdatasync and fsync takes two seconds,
 *   sync-fails  each ends with EIO,
 *   read-only   each pwrite ends with EROFS.
 * Built by the tests that use it: Tests/SystemTests/Support/FaultyDisk.swift.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static int is(const char *fault) {
    const char *folder = getenv("FAULTY_DISK");
    char path[512];
    int kept = errno;
    int found = folder && snprintf(path, sizeof path, "%s/%s", folder, fault) < (int)sizeof path && access(path, F_OK) == 0;
    errno = kept;
    return found;
}

static int sync_by(const char *name, int descriptor) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    if (is("slow")) usleep(2000000);
    if (is("sync-fails")) {
        errno = EIO;
        return -1;
    }
    return real(descriptor);
}

int fdatasync(int descriptor) { return sync_by("fdatasync", descriptor); }
int fsync(int descriptor) { return sync_by("fsync", descriptor); }

static ssize_t write_by(const char *name, int descriptor, const void *bytes, size_t count, off_t place) {
    ssize_t (*real)(int, const void *, size_t, off_t) =
        (ssize_t (*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, name);
    if (is("read-only")) {
        errno = EROFS;
        return -1;
    }
    return real(descriptor, bytes, count, place);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t place) {
    return write_by("pwrite", descriptor, bytes, count, place);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t place) {
    return write_by("pwrite64", descriptor, bytes, count, place);
}
