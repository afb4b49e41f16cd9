package io.sluice.api.http.tls;

import io.sluice.settings.CertificateAndKey;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Key manager whose certificate can be replaced while the server runs. Vert.x 4 can replace a server's whole TLS configuration, but closes
 * the connections that are made meanwhile.
 */
final class ReloadableKeyManager extends X509ExtendedKeyManager {

    /** The last one is shown; handshakes under way go on with the one they began with. A certificate holds for weeks: they are few. */
    private final List<CertificateAndKey> certificates = new CopyOnWriteArrayList<>();

    ReloadableKeyManager(CertificateAndKey first) {
        certificates.add(first);
    }

    /** Uses this certificate in handshakes from now on. */
    void replace(CertificateAndKey certificate) {
        certificates.add(certificate);
    }

    CertificateAndKey current() {
        return certificates.get(certificates.size() - 1);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        int last = certificates.size() - 1;
        return certificates.get(last).key().getAlgorithm().equals(keyType) ? Integer.toString(last) : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return certificates.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return certificates.get(Integer.parseInt(alias)).key();
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        throw new UnsupportedOperationException("the server has engines, not sockets");
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        throw new UnsupportedOperationException("aliases are chosen, not listed");
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        throw new UnsupportedOperationException("this is for a server");
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        throw new UnsupportedOperationException("this is for a server");
    }
}
