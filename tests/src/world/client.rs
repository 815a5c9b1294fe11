//! An HTTP client for callers on this machine.

use reqwest::{Client, ClientBuilder};

/// Plain HTTP only: no certificate is ever looked at.
pub fn builder() -> ClientBuilder {
    // The one provider of this process; whoever was first is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().tls_certs_only([])
}
