package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "postgresql://host/db|jdbc:postgresql://host/db|-|-",
                "postgres://host/db|jdbc:postgresql://host/db|-|-",
                "postgresql://host:5433/db|jdbc:postgresql://host:5433/db|-|-",
                "postgresql://user@host/db|jdbc:postgresql://host/db|user|-",
                "postgresql://user:pass@host/db|jdbc:postgresql://host/db|user|pass",
                "postgresql://user:@host/db|jdbc:postgresql://host/db|user|-",
                "postgresql://@host/db|jdbc:postgresql://host/db|-|-",
                "postgresql://my_host.example.com/my-db|jdbc:postgresql://my_host.example.com/my-db|-|-",
                "postgresql://10.0.0.1:5432/db|jdbc:postgresql://10.0.0.1:5432/db|-|-",
                "postgresql://user:pass@[2001:db8::1]:5432/db|jdbc:postgresql://[2001:db8::1]:5432/db|user|pass",
                "postgresql://[::1]/db|jdbc:postgresql://[::1]/db|-|-",
                "postgresql://user@a:5432,b,[::1]:5433/db|jdbc:postgresql://a:5432,b,[::1]:5433/db|user|-",
                "postgresql://host/db?sslmode=require|jdbc:postgresql://host/db?sslmode=require|-|-",
                "postgresql://host/db?user=u&password=p|jdbc:postgresql://host/db|u|p",
                "jdbc:postgresql://host:5432/db|jdbc:postgresql://host:5432/db|-|-",
                "jdbc:postgresql://host/db?user=u&password=p|jdbc:postgresql://host/db|u|p",
                "jdbc:postgresql://host/db?user=u&ssl=true&password=p|jdbc:postgresql://host/db?ssl=true|u|p",
                "jdbc:postgresql://host/db?loadBalanceHosts=true|jdbc:postgresql://host/db?loadBalanceHosts=true|-|-",
                "jdbc:postgresql://user:pass@host/db|jdbc:postgresql://host/db|user|pass"
            })
    void bothFormsAreRead(String url, String jdbcUrl, String user, String password) {
        assertThat(DatabaseUrl.parse(url)).isEqualTo(new DatabaseUrl(jdbcUrl, user, password));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p%40ss|p@ss",
                "p@ss|p@ss",
                "p%3Ass|p:ss",
                "p:ss|p:ss",
                "p%2Fs%3Fs%23|p/s?s#",
                "p/ss|p/ss",
                "p#ss|p#ss",
                "100%25|100%",
                "a+b|a+b",
                "a%2Bb|a+b",
                "a%20b|a b",
                "%C3%A9|é",
                "é|é"
            })
    void aPasswordIsPercentDecoded(String written, String password) {
        assertThat(DatabaseUrl.parse("postgresql://user:" + written + "@host/db"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://host/db", "user", password));
        assertThat(DatabaseUrl.parse("jdbc:postgresql://user:" + written + "@host/db")
                        .password())
                .isEqualTo(password);
        assertThat(DatabaseUrl.parse("postgresql://host/db?password=" + written).password())
                .isEqualTo(password);
    }

    @Test
    void aPlusInTheParametersOfTheDriverIsASpaceAsItIsForTheDriver() {
        assertThat(DatabaseUrl.parse("jdbc:postgresql://host/db?password=a+b").password())
                .isEqualTo("a b");
        assertThat(DatabaseUrl.parse("jdbc:postgresql://host/db?password=a%2Bb").password())
                .isEqualTo("a+b");
    }

    @Test
    void aPlusOutsideTheParametersOfTheDriverIsAPlusForTheDriverToo() {
        assertThat(DatabaseUrl.parse("postgresql://host/a+b?application_name=c+d")
                        .jdbcUrl())
                .isEqualTo("jdbc:postgresql://host/a%2Bb?ApplicationName=c%2Bd");
    }

    @Test
    void parametersOfLibpqGetTheDriversNames(@TempDir Path folder) {
        // Given
        PemFiles files = new PemFiles(folder);
        String ca = files.certificate();
        String key = files.key("EC");

        // When // Then
        assertThat(DatabaseUrl.parse("postgresql://host/db?sslmode=verify-full&sslrootcert=%s&sslcert=%s&sslkey=%s"
                                        .formatted(ca, ca, key)
                                + "&channel_binding=require&application_name=sluice&connect_timeout=5")
                        .jdbcUrl())
                .isEqualTo("jdbc:postgresql://host/db?sslmode=verify-full&sslrootcert=%s&sslcert=%s&sslkey=%s"
                                .formatted(ca, ca, key)
                        + "&channelBinding=require&ApplicationName=sluice&connectTimeout=5&pemKeyAlgorithm=EC");
    }

    @Test
    void certificatesToTrustAreNotIgnored(@TempDir Path folder) {
        // Given
        String ca = "sslrootcert=" + new PemFiles(folder).certificate();

        // When // Then
        assertThat(DatabaseUrl.parse("postgresql://host/db?sslmode=require&" + ca)
                        .jdbcUrl())
                .isEqualTo("jdbc:postgresql://host/db?sslmode=verify-ca&" + ca);
        assertThat(DatabaseUrl.parse("postgresql://host/db?sslrootcert=system").jdbcUrl())
                .isEqualTo(
                        "jdbc:postgresql://host/db?sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory&sslmode=verify-full");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sslrootcert=/nowhere"
                        + "|its parameter 'sslrootcert' must be the path of a file with certificates in PEM; there is no such file",
                "sslrootcert=KEY|its parameter 'sslrootcert' must be the path of a file with certificates in PEM; the file holds what is no",
                "sslcert=CA|its parameters 'sslcert' and 'sslkey' must both be there, or neither",
                "sslkey=KEY|its parameters 'sslcert' and 'sslkey' must both be there, or neither",
                "sslcert=KEY&sslkey=KEY|its parameter 'sslcert' must be the path of a file with certificates in PEM; the file holds what is no",
                "sslcert=CA&sslkey=CA|its parameter 'sslkey' must be the path of a file with a private key in PEM; the file holds no",
                "sslcert=CA&sslkey=OLD|its parameter 'sslkey' must be the path of a file with a private key in PEM; the key in it is not"
                        + " in PKCS #8; openssl pkcs8 -topk8 -nocrypt makes that of it",
                "sslcert=CA&sslkey=ED|its parameter 'sslkey' must be the path of a file with a private key in PEM; the key in it is none",
                "sslcert=CA&sslkey=KEY.der|its parameter 'sslkey' must end in .key or .pem",
                "sslrootcert=system&sslmode=require|with sslrootcert=system its parameter 'sslmode' must be verify-full",
                "sslrootcert=system&sslcert=CA&sslkey=KEY|with sslrootcert=system its parameters 'sslcert' and 'sslkey' must not be"
            })
    void filesThatCannotBeUsedAreRefused(String parameters, String fault, @TempDir Path folder) throws IOException {
        // Given
        PemFiles files = new PemFiles(folder);
        String key = files.key("EC");
        Files.copy(Path.of(key), Path.of(key + ".der"));
        String url = "postgresql://host/db?"
                + parameters
                        .replace("CA", files.certificate())
                        .replace("KEY", key)
                        .replace("OLD", files.file("old.key", PemFiles.KEY_IN_ITS_OLDER_FORM))
                        .replace("ED", files.file("ed25519.key", PemFiles.ED25519_KEY));

        // When // Then
        assertThatThrownBy(() -> DatabaseUrl.parse(url)).hasMessageStartingWith(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|it must begin with postgresql:// or jdbc:postgresql://",
                "host/db|it must begin with",
                "mysql://user:s3cret@host/db|it must begin with",
                "jdbc:mysql://user:s3cret@host/db|it must begin with",
                "jdbc:postgresql:db|it must begin with",
                "POSTGRESQL://user:s3cret@host/db|it must begin with",
                "postgresql://|it must name a host and a database",
                "postgresql:///db|it must name a host and a database",
                "postgresql://user:s3cret@/db|it must name a host and a database",
                "postgresql://user:s3cret@host|it must name a host and a database",
                "postgresql://user:s3cret@host/|it must name a host and a database",
                "postgresql://user:s3cret@host/db/|it must name a host and a database",
                "postgresql://user:s3cret@host?sslmode=require|it must name a host and a database",
                "postgresql://user:s3cret@host:/db|each host must be a name or an address, and its port a number",
                "postgresql://user:s3cret@host:http/db|each host must be",
                "postgresql://user:s3cret@host:0/db|each host must be",
                "postgresql://user:s3cret@host:65536/db|each host must be",
                "postgresql://user:s3cret@a,,b/db|each host must be",
                "postgresql://user:s3cret@a,/db|each host must be",
                "postgresql://user:s3cret@::1/db|each host must be",
                "postgresql://user:s3cret@[::1/db|each host must be",
                "postgresql://user:s3cret@%2Fvar%2Frun/db|each host must be",
                "postgresql://user:s3cret/db|each host must be",
                "postgresql://user:s3cret%@host/db|a '%' must be written as %25",
                "postgresql://user:s3cret%zz@host/db|a '%' must be written as %25",
                "postgresql://us%er:s3cret@host/db|a '%' must be written as %25",
                "postgresql://user:s3cret%ff@host/db|what is percent-encoded must be UTF-8 and no control character",
                "postgresql://user:s3cret%00@host/db|what is percent-encoded must be UTF-8 and no control character",
                "postgresql://user:s3cret@host/100%|a '%' must be written as %25",
                "postgresql://user:s3cret@host/db?sslcert=100%|a '%' must be written as %25",
                "postgresql://user:s3cret@host/db?password=%s3cret|a '%' must be written as %25",
                "postgresql://user:s3cret@host/db?sslmode|each parameter behind the '?' must be name=value",
                "postgresql://user:s3cret@host/db?|each parameter behind the '?' must be name=value",
                "postgresql://user:s3cret@host/db?a=b&&c=d|its parameter 'a' is unknown; known are application_name,",
                "postgresql://user:s3cret@host/db?passwd=s3cret|its parameter 'passwd' is unknown; known are",
                "postgresql://user:s3cret@host/db?SSLMODE=require|its parameter 'SSLMODE' is unknown; known are",
                "postgresql://user:pa?s3cret@host/db|a '?' in user or password must be written as %3F, and an '@'",
                "postgresql://user:pa?s3cret=x@host/db|a '?' in user or password must be written as %3F, and an '@'",
                "postgresql://user:12/3?s3cret=x@host/db|a '?' in user or password must be written as %3F, and an '@'",
                "postgresql://user:12/3?s3cret=x&y=z@host/db|a '?' in user or password must be written as %3F, and an '@'",
                "jdbc:postgresql://user:12/3?s3cret=x@host/db|a '?' in user or password must be written as %3F, and an '@'",
                "postgresql://host/db?application_name=a@b|a '?' in user or password must be written as %3F, and an '@'",
                "postgresql://user:s3cret@host/db?sslmode=banana|its parameter 'sslmode' must be one of disable, allow,",
                "jdbc:postgresql://user:s3cret@host/db?sslmode=s3cret|its parameter 'sslmode' must be one of disable,",
                "postgresql://user:s3cret@host/db?channel_binding=yes|its parameter 'channel_binding' must be one of",
                "postgresql://user:s3cret@host/db?connect_timeout=5s|its parameter 'connect_timeout' must be a whole number of",
                "jdbc:postgresql://user:s3cret@host/db?connectTimeout=-1|its parameter 'connectTimeout' must be a whole",
                "postgresql://user:\uFFFDs3cret@host/db|in this locale, what is not ASCII must be percent-encoded UTF-8",
                "postgresql://user:s3 cret@host/db|white space and control characters must be percent-encoded",
                "postgresql://user:s3cret@host/my db|white space and control characters must be percent-encoded"
            })
    void whatIsWrongIsSaidWithoutThePassword(String url, String message) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() ->
                        Environment.read(Map.of("DATABASE_URL", url.isEmpty() ? "x" : url)::get, DatabaseSettings::new))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("DATABASE_URL must be a connection URI, as in postgresql://user:password@host")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "socketTimeout=0|must not be there: each program has its own bound; leave it out",
                "queryTimeout=1|must not be there: each program has its own",
                "PGHOST=elsewhere|must not be there: host, port and database stand in front of the '?'",
                "socketFactory=a.B|must not be there: the programs have no such class",
                "defaultRowFetchSize=10|must not be there: all rows of an answer are read at once",
                "binaryTransfer=false|must not be there: as text, a batch would take several times its memory",
                "logServerErrorDetail=true|must not be there: payloads would get into the log",
                "replication=database|must not be there: a connection for replication takes no statements",
                "stringtype=unspecified|must not be there: the statements are written for the default",
                "autosave=always|must be left out: a savepoint for each statement takes twice its time",
                "preferQueryMode=simple|must be left out: other modes send values as text",
                "readOnly=true|must be left out: the programs write",
                "targetServerType=secondary|must be left out: standbys take no events",
                "sslfactory=org.postgresql.ssl.NonValidatingFactory|must be left out: others trust anybody",
                "sslMode=require|is unknown to the driver, which would ignore it; write sslmode",
                "banana=1|is unknown to the driver, which would ignore it; leave it out",
                "connectTimeout=0|must be a whole number of seconds from 1 to 60",
                "loginTimeout=0|must be a whole number of seconds from 1 to 60",
                "options=-c%20synchronous_commit=off|must not set synchronous_commit: the programs set it in each"
                        + " transaction",
                "options=--statement-timeout=0|must not set statement_timeout: the programs set it",
                "options=-c%20work_mem=4MB%20-c%20LOCK_TIMEOUT=0|must not set lock_timeout: the programs set it"
            })
    void whatWouldUndoThePromiseOrTheBoundsIsRefused(String parameter, String fault) {
        assertThatThrownBy(() -> DatabaseUrl.parse("jdbc:postgresql://host/db?" + parameter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("its parameter '" + parameter.split("=", 2)[0] + "' " + fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "options=-c%20work_mem=4MB",
                "prepareThreshold=0",
                "readOnly=false",
                "targetServerType=primary",
                "currentSchema=sluice",
                "ApplicationName=sluice",
                "tcpKeepAlive=false",
                "connectTimeout=60"
            })
    void whatDoesNoHarmGoesToTheDriver(String parameter) {
        assertThat(DatabaseUrl.parse("jdbc:postgresql://host/db?" + parameter).jdbcUrl())
                .isEqualTo("jdbc:postgresql://host/db?" + parameter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://user:s3cret@host/db",
                "postgresql://host/db?user=user&password=s3cret",
                "jdbc:postgresql://host/db?password=s3cret",
                "jdbc:postgresql://host/db?sslpassword=s3cret",
                "jdbc:postgresql://host/db?password=old&password=s3cret"
            })
    void itsTextHasNoSecret(String url) {
        assertThat(DatabaseUrl.parse(url)).hasToString("jdbc:postgresql://host/db");
    }
}
