/// A certificate for this machine that ended in 2020, and its key, which protects nothing.
enum ExpiredCertificate {
    static let certificatePEM = """
        -----BEGIN CERTIFICATE-----
        MIIBmjCCAT+gAwIBAgIBATAKBggqhkjOPQQDAjAcMRowGAYDVQQDDBFieWJpdC1z
        aW0gZXhwaXJlZDAeFw0yMDAxMDEwMDAwMDBaFw0yMDAyMDEwMDAwMDBaMBwxGjAY
        BgNVBAMMEWJ5Yml0LXNpbSBleHBpcmVkMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD
        QgAEP00bqjUORJJKYMmkr68Y8u9HtECSAN+jV6g2PYjm8s4C9hB670K864CHReUv
        W9Hb6lPWnZgkoCoO1jnmpEcu+aNyMHAwDAYDVR0TAQH/BAIwADATBgNVHSUEDDAK
        BggrBgEFBQcDATAsBgNVHREEJTAjgglsb2NhbGhvc3SHBH8AAAGHEAAAAAAAAAAA
        AAAAAAAAAAEwHQYDVR0OBBYEFG+1Sc8V8SKHW55ZJ3Qx8xq+2I5SMAoGCCqGSM49
        BAMCA0kAMEYCIQCjbgdXHsiNVkVX8TkRE2zw9FdGUt29hKC7GEy5Mlj+agIhANXu
        35dH7vhrgXYpSR81zGVH6xd8YnvfR3H+xPkiIzYD
        -----END CERTIFICATE-----

        """

    static let privateKeyPEM = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPCBDVyxLNy7yKFDS
        8cyS7xCguoegy6mxp4/8NQ7doaChRANCAAQ/TRuqNQ5EkkpgyaSvrxjy70e0QJIA
        36NXqDY9iObyzgL2EHrvQrzrgIdF5S9b0dvqU9admCSgKg7WOeakRy75
        -----END PRIVATE KEY-----

        """
}
