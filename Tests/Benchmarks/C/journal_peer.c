// The journal's limit: the same rows, columns, index, batch and sync, by SQLite's own C interface and nothing else.
//
//   cc -O2 -o journal_peer journal_peer.c -lsqlite3
//   journal_peer FILE ROWS BATCH NORMAL|FULL [PAYLOAD_BYTES [PAGE_BYTES [CHECKPOINT_PAGES]]]
//
// Rows are ready-made: nothing is encoded or hashed here. One row in a hundred has a correlation. Prints one JSON line.
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static sqlite3 *db;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void fail(const char *what) {
    fprintf(stderr, "journal_peer: %s: %s\n", what, sqlite3_errmsg(db));
    exit(1);
}

static void run(const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sql);
}

static sqlite3_stmt *prepared(const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) fail(sql);
    return statement;
}

static void step(sqlite3_stmt *statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) fail("step");
    sqlite3_reset(statement);
}

int main(int count, char **words) {
    if (count < 5) {
        fprintf(stderr, "usage: journal_peer FILE ROWS BATCH NORMAL|FULL [PAYLOAD_BYTES [PAGE_BYTES [CHECKPOINT_PAGES]]]\n");
        return 64;
    }
    const char *path = words[1], *sync = words[4];
    long rows = atol(words[2]), batch = atol(words[3]);
    int payload_bytes = count > 5 ? atoi(words[5]) : 306;
    int page_bytes = count > 6 ? atoi(words[6]) : 8192;
    int checkpoint_pages = count > 7 ? atoi(words[7]) : 2048;
    char sql[256], name[4096];
    const char *suffixes[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        unlink(name);
    }
    if (sqlite3_open(path, &db) != SQLITE_OK) fail(path);
    snprintf(sql, sizeof sql, "PRAGMA page_size = %d", page_bytes);
    run(sql);
    run("PRAGMA journal_mode = WAL");
    snprintf(sql, sizeof sql, "PRAGMA synchronous = %s; PRAGMA wal_autocheckpoint = %d", sync, checkpoint_pages);
    run(sql);
    run("PRAGMA cache_size = -16384");
    run("CREATE TABLE entries(seq INTEGER PRIMARY KEY, ts INTEGER NOT NULL, topic INTEGER NOT NULL, source INTEGER NOT NULL,"
        " correlation TEXT, root INTEGER NOT NULL, hash BLOB NOT NULL, payload TEXT NOT NULL) STRICT;"
        "CREATE INDEX entries_by_correlation ON entries(correlation) WHERE correlation IS NOT NULL");
    sqlite3_stmt *begin = prepared("BEGIN IMMEDIATE"), *commit = prepared("COMMIT");
    sqlite3_stmt *insert = prepared(
        "INSERT INTO entries(seq, ts, topic, source, correlation, root, hash, payload) VALUES(?,?,?,?,?,?,?,?)");
    char *payload = malloc(payload_bytes);
    for (int i = 0; i < payload_bytes; i++) payload[i] = "{\"p\":\"60000.10\",}"[i % 17];
    uint64_t hash[4] = {1, 2, 3, 4};
    char correlation[32];
    double start = now();
    for (long done = 0; done < rows;) {
        step(begin);
        for (long i = 0; i < batch && done < rows; i++) {
            done++;
            for (int word = 0; word < 4; word++) hash[word] = hash[word] * 6364136223846793005u + 1442695040888963407u;
            sqlite3_bind_int64(insert, 1, done);
            sqlite3_bind_int64(insert, 2, 1700000000000 + done);
            sqlite3_bind_int64(insert, 3, 13 + done % 3);
            sqlite3_bind_int64(insert, 4, 4);
            if (done % 100 == 0) {
                int length = snprintf(correlation, sizeof correlation, "intent-%ld", done - done % 1000);
                sqlite3_bind_text(insert, 5, correlation, length, SQLITE_STATIC);
            } else {
                sqlite3_bind_null(insert, 5);
            }
            sqlite3_bind_int(insert, 6, 1);
            sqlite3_bind_blob(insert, 7, hash, 32, SQLITE_STATIC);
            sqlite3_bind_text(insert, 8, payload, payload_bytes, SQLITE_STATIC);
            step(insert);
        }
        step(commit);
    }
    double seconds = now() - start;
    sqlite3_finalize(begin);
    sqlite3_finalize(commit);
    sqlite3_finalize(insert);
    if (sqlite3_close(db) != SQLITE_OK) fail("close");
    struct stat status;
    long bytes = stat(path, &status) == 0 ? (long)status.st_size : 0;
    printf("{\"bench\": \"4-journal\", \"peer\": \"C sqlite3 prepared\", \"version\": \"%s\", \"metric\": \"append_%s_batch%ld\", "
           "\"value\": %.6g, \"unit\": \"rows/s\", \"rows\": %ld, \"seconds\": %.3f, \"bytes_per_event\": %.1f}\n",
           sqlite3_libversion(), sync, batch, rows / seconds, rows, seconds, (double)bytes / rows);
    return 0;
}
