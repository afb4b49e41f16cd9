package io.sluice.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certification authority of a test, and the certificates that it signs: real ones, by the JDK's keytool, valid for a
 * day.
 */
public final class Certificates {

    private static final String PASSWORD = "changeit";
    private static final String AUTHORITY = "authority";

    private final Path folder;
    private int issued;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /**
     * A certificate and its private key.
     *
     * @param certificate file with the certificate and the authority's, in PEM
     * @param key file with the private key, PKCS #8 in PEM, readable by its owner alone
     */
    public record Issued(Path certificate, Path key) {}

    /** Creates an authority in this folder. Takes about a second, and each certificate another one. */
    public static Certificates in(Path folder) {
        Certificates certificates = new Certificates(folder);
        certificates.keytool(AUTHORITY, "CN=Test authority", "-ext", "bc:c", "-ext", "ku=keyCertSign,cRLSign");
        certificates.write("authority.pem", pem(certificates.chain(AUTHORITY)));
        return certificates;
    }

    /** The authority's certificate, in PEM, for clients to trust. */
    public Path authority() {
        return folder.resolve("authority.pem");
    }

    /**
     * Signs a certificate, for clients and servers alike.
     *
     * @param name its common name, without commas
     * @param hosts names that it is valid for, as {@code dns:localhost} and {@code ip:127.0.0.1}; these two if none are
     *     given
     */
    public Issued issue(String name, String... hosts) {
        String alias = "issued-" + ++issued;
        String names = hosts.length == 0 ? "dns:localhost,ip:127.0.0.1" : String.join(",", hosts);
        keytool(alias, "CN=" + name, "-signer", AUTHORITY, "-ext", "san=" + names);
        Path key = write(alias + ".key", pem("PRIVATE KEY", key(alias).getEncoded()));
        return new Issued(write(alias + ".pem", pem(chain(alias))), key);
    }

    /** A context of clients that trust this authority alone. */
    public SSLContext trusting() {
        // Not from the store, which keytool may be rewriting.
        try (InputStream authority = Files.newInputStream(authority())) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    AUTHORITY, CertificateFactory.getInstance("X.509").generateCertificate(authority));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Generates a key pair and its certificate in the store. */
    private void keytool(String alias, String distinguishedName, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        // It ends before the optimizing compiler pays.
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of("-keystore", store().toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        command.addAll(List.of("-alias", alias, "-dname", distinguishedName, "-validity", "1"));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of(more));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Path store() {
        return folder.resolve("certificates.p12");
    }

    private Certificate[] chain(String alias) {
        try {
            return open().getCertificateChain(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Key key(String alias) {
        try {
            return open().getKey(alias, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore open() throws GeneralSecurityException {
        try {
            return KeyStore.getInstance(store().toFile(), PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(Certificate... chain) {
        StringBuilder text = new StringBuilder();
        try {
            for (Certificate certificate : chain) {
                text.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private static String pem(String label, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----%n%s%n-----END %1$s-----%n".formatted(label, text);
    }

    private Path write(String name, String pem) {
        try {
            Path file = Files.writeString(folder.resolve(name), pem);
            // Some servers refuse a key that others could read.
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
