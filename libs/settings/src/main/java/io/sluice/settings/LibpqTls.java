package io.sluice.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes of libpq's parameters for TLS what has the same effect in the JDBC driver, where that has the names but not the meaning.
 *
 * @see <a href="https://www.postgresql.org/docs/18/libpq-ssl.html">libpq's documentation</a>
 */
final class LibpqTls {

    /** Suffixes of files that the driver reads as keys in PEM; it reads keys of any other name as DER. */
    private static final List<String> NAMES_OF_KEYS = List.of(".key", ".pem");

    private static final String FACTORY_OF_THE_JVM = "org.postgresql.ssl.DefaultJavaSSLFactory";

    private LibpqTls() {}

    /**
     * Checks and completes parameters.
     *
     * @param parameters by the driver's names, percent-encoded; changed here
     * @throws IllegalArgumentException if they cannot work; the message quotes nothing of them but their names
     */
    static void translate(Map<String, String> parameters) {
        if ("system".equals(parameters.get("sslrootcert"))) {
            trustWhatTheJvmTrusts(parameters);
        } else if (parameters.containsKey("sslrootcert")) {
            var unused = read(parameters, "sslrootcert", "certificates", PemCertificates::eachIn);
            // The driver would encrypt and ignore the certificates.
            if (mode(parameters).equals("require")) {
                parameters.put("sslmode", "verify-ca");
            }
        }
        if (parameters.containsKey("sslcert") != parameters.containsKey("sslkey")) {
            throw new IllegalArgumentException("its parameters 'sslcert' and 'sslkey' must both be there, or neither");
        }
        if (parameters.containsKey("sslkey")) {
            var unused = read(parameters, "sslcert", "certificates", PemCertificates::eachIn);
            String algorithm = read(
                    parameters, "sslkey", "a private key", key -> PemKey.in(key).algorithm());
            requireNameOfKey(parameters.getOrDefault("sslkey", ""));
            parameters.put("pemKeyAlgorithm", algorithm);
        }
    }

    private static void trustWhatTheJvmTrusts(Map<String, String> parameters) {
        if (parameters.containsKey("sslmode") && !mode(parameters).equals("verify-full")) {
            throw new IllegalArgumentException("with sslrootcert=system its parameter 'sslmode' must be verify-full");
        }
        if (parameters.containsKey("sslcert") || parameters.containsKey("sslkey")) {
            throw new IllegalArgumentException(
                    "with sslrootcert=system its parameters 'sslcert' and 'sslkey' must not be there;"
                            + " name a file with the certificates to trust instead of system");
        }
        parameters.remove("sslrootcert");
        parameters.put("sslfactory", FACTORY_OF_THE_JVM);
        parameters.put("sslmode", "verify-full");
    }

    private static String mode(Map<String, String> parameters) {
        return DatabaseUrl.decode(parameters.getOrDefault("sslmode", "")).toLowerCase(Locale.ROOT);
    }

    private static <T> T read(
            Map<String, String> parameters, String name, String content, Function<String, T> reading) {
        try {
            String path = DatabaseUrl.decode(parameters.getOrDefault(name, ""));
            return reading.apply(new MountedFile(path).text());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its parameter '%s' must be the path of a file with %s in PEM; %s"
                    .formatted(name, content, e.getMessage()));
        }
    }

    private static void requireNameOfKey(String path) {
        if (NAMES_OF_KEYS.stream().noneMatch(path::endsWith)) {
            throw new IllegalArgumentException(
                    "its parameter 'sslkey' must end in " + String.join(" or ", NAMES_OF_KEYS));
        }
    }
}
