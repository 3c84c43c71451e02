// What Swift needs from libcrypto 3: its headers, and functions for the macros Swift can't import.
#ifndef TRADEBOT_COPENSSL_SHIM_H
#define TRADEBOT_COPENSSL_SHIM_H

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/// A new key pair on P-256, or NULL.
static inline EVP_PKEY *tb_p256_key(void) { return EVP_EC_gen("P-256"); }

/// Adds one extension, written as in openssl's configuration files; 1 if it is in.
static inline int tb_add_extension(X509 *certificate, int nid, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    if (extension == NULL) return 0;
    int added = X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return added;
}

/// Where a memory BIO's bytes are, and how many; they live as long as the BIO.
static inline long tb_memory_bytes(BIO *bio, char **bytes) { return BIO_get_mem_data(bio, bytes); }

#endif
