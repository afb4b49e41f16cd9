package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.settings.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged programs, each started with wrong settings: one message, exit code 2, nothing else. */
class WrongSettingsIT {

    private static final int WRONG_SETTING = 2;

    /** Held, so that a program that opened its port would fail otherwise. */
    private static ServerSocket takenPort;

    @BeforeAll
    static void takeAPort() throws IOException {
        takenPort = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"));
    }

    @AfterAll
    static void freeThePort() throws IOException {
        takenPort.close();
    }

    /** An ellipsis stands for what the README's table says that the value must be. */
    @Tag("matrix")
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
    # words
    APP_ENV=prod                                    | must be …, but is 'prod'
    ENVIRONMENT=test                                | must be …, but is 'test'
    LOG_LEVEL=VERBOSE                               | must be …, but is 'VERBOSE'
    LOG_LEVEL=3                                     | must be …, but is '3'
    LOG_FORMAT=xml                                  | must be …, but is 'xml'
    LOG_FILE=/nowhere/api.log                       | must be …; there is no such directory
    # numbers
    HTTP_PORT=http                                  | must be …, but is 'http'
    HTTP_PORT=0                                     | must be …, but is '0'
    HTTP_PORT=65536                                 | must be …, but is '65536'
    HTTP_PORT=-1                                    | must be …, but is '-1'
    HTTP_PORT=8080.0                                | must be …, but is '8080.0'
    HTTP_PORT=0x1F90                                | must be …, but is '0x1F90'
    HTTP_PORT=99999999999999999999                  | must be …, but is '99999999999999999999'
    HTTP_PORT=tcp://10.0.0.1:80                     | must be …, but is 'tcp://10.0.0.1:80'
    TOPIC_PARTITIONS=0                              | must be …, but is '0'
    TOPIC_PARTITIONS=twelve                         | must be …, but is 'twelve'
    TOPIC_PARTITIONS=10001                          | must be …, but is '10001'
    TOPIC_REPLICATION_FACTOR=1001                   | must be …, but is '1001'
    TOPIC_REPLICATION_FACTOR=1,5                    | must be …, but is '1,5'
    DATABASE_POOL_SIZE=-10                          | must be …, but is '-10'
    DATABASE_POOL_SIZE=10 per pod                   | must be …, but is '10 per pod'
    RETENTION_DAYS=30d                              | must be …, but is '30d'
    RETENTION_DAYS=36501                            | must be …, but is '36501'
    # addresses
    HTTP_HOST=http://localhost                      | must be …, but is 'http://localhost'
    HTTP_HOST=0.0.0.0:8080                          | must be …, but is '0.0.0.0:8080'
    HTTP_HOST=256.0.0.1                             | must be …, but is '256.0.0.1'
    CORS_ORIGINS=app.example.com                    | must be …, but is 'app.example.com'
    CORS_ORIGINS=https://app.example.com/           | must be …, but is 'https://app.example.com/'
    CORS_ORIGINS=https://*.example.com              | must be …, but is 'https://*.example.com'
    CORS_ORIGINS=https://a.example.com,*            | must be …, but is 'https://a.example.com,*'
    KAFKA_BOOTSTRAP_SERVERS=kafka                   | must be …, but is 'kafka'
    KAFKA_BOOTSTRAP_SERVERS=kafka:kafka             | must be …, but is 'kafka:kafka'
    KAFKA_BOOTSTRAP_SERVERS=kafka:70000             | must be …, but is 'kafka:70000'
    KAFKA_BOOTSTRAP_SERVERS=a:9092,b                | must be …, but is 'a:9092,b'
    KAFKA_BOOTSTRAP_SERVERS=a:9092,                 | must be …, but is 'a:9092,'
    KAFKA_BOOTSTRAP_SERVERS=PLAINTEXT://kafka:9092  | must be …, but is 'PLAINTEXT://kafka:9092'
    HTTP_TRUSTED_PROXIES=ingress                    | must be …; each must be an address, as in 192.0.2.7, or a network, as in 10.0.0.0/8
    HTTP_TRUSTED_PROXIES=10.0.0.0/33                | must be …; behind the '/' of an address must be a number from 0 to 32
    # names
    TOPIC_PREFIX=staging/                           | must be …, but is 'staging/'
    TOPIC_PREFIX=two words                          | must be …, but is 'two words'
    # white space
    `LOG_LEVEL= INFO`                               | must not begin or end with white space; it must be …
    `HTTP_PORT=8080 `                               | must not begin or end with white space; it must be …
    `KAFKA_GROUP_ID= `                              | must not begin or end with white space; it must be …
    `DATABASE_URL= postgresql://u:s3cret@h/db`      | must not begin or end with white space; it must be …
    # the database's address, which is never repeated
    DATABASE_URL=h:5432/db                          | must be …; it must begin with postgresql:// or jdbc:postgresql://
    DATABASE_URL=mysql://u:s3cret@h/db              | must be …; it must begin with postgresql:// or jdbc:postgresql://
    DATABASE_URL=host=h password=s3cret             | must be …; white space and control characters must be percent-encoded, as in %20
    DATABASE_URL=postgresql://u:s3cret@h            | must be …; it must name a host and a database, as in postgresql://host:5432/database
    DATABASE_URL=postgresql://u:s3cret@/db          | must be …; it must name a host and a database, as in postgresql://host:5432/database
    DATABASE_URL=postgresql://u:s3cret@h:pg/db      | must be …; each host must be a name or an address, and its port a number
    DATABASE_URL=postgresql://u:s3cret@h:99999/db   | must be …; each host must be a name or an address, and its port a number
    DATABASE_URL=postgresql://u:s3cret@a,,b/db      | must be …; each host must be a name or an address, and its port a number
    DATABASE_URL=postgresql://u:s3cret/db           | must be …; each host must be a name or an address, and its port a number
    DATABASE_URL=postgresql://u:100%s3cret@h/db     | must be …; a '%' must be written as %25
    DATABASE_URL=postgresql://u:s3cret%ff@h/db      | must be …; what is percent-encoded must be UTF-8 and no control character
    DATABASE_URL=postgresql://u:s3cret?x=y@h/db     | must be …; a '?' in user or password must be written as %3F, and an '@' behind the '?' as %40
    DATABASE_URL=postgresql://u:s3cret@h/db?sslmode | must be …; each parameter behind the '?' must be name=value
    DATABASE_URL=postgresql://h/db?passwd=s3cret    | must be …; its parameter 'passwd' is unknown; known are application_name, channel_binding, connect_timeout, sslcert, sslkey, sslmode, sslrootcert
    DATABASE_URL=postgresql://h/db?sslmode=on       | must be …; its parameter 'sslmode' must be one of disable, allow, prefer, require, verify-ca, verify-full
    DATABASE_URL=jdbc:mysql://u:s3cret@h/db         | must be …; it must begin with postgresql:// or jdbc:postgresql://
    DATABASE_URL=jdbc:postgresql:db                 | must be …; it must begin with postgresql:// or jdbc:postgresql://
    # a file with it
    DATABASE_URL_FILE=/nowhere                      | must be …; there is no such file
    DATABASE_URL_FILE=/                             | must be …; it cannot be read as a file
    DATABASE_URL_FILE=/dev/null                     | must be …; the file is empty
    DATABASE_URL_FILE=postgresql://u:s3cret@h/db    | must be …; there is no such file
    # the address of Redis, which is never repeated
    REDIS_URL=h:6379                                | must be …; it must begin with redis:// or rediss://
    REDIS_URL=redis://:s3cret@my_cache              | must be …; its host must be a name or an address, and its port a number
    REDIS_URL=rediss://s3cret@cache                 | must be …; a user needs a password, as in redis://user:password@host:6379
    REDIS_URL_FILE=/nowhere                         | must be …; there is no such file
    # keys, which are never repeated
    AUTH_SECRET=s3cret                              | must be …, but has 6
    BETTER_AUTH_SECRET=s3cret                       | must be …, but has 6
    AUTH_JWKS_URL=s3cret                            | must be …
    AUTH_JWKS_URL=file:///s3cret                    | must be …
    AUTH_SCOPES_CLAIM=two words                     | must be …, but is 'two words'
    FEATURES=messages,nothing                       | must be …, but is 'messages,nothing'
    AUTH_DEFAULT_SCOPES=admin                       | must be …, but is 'admin'
    AUTH_CLOCK_SKEW_SECONDS=301                     | must be …, but is '301'
    # files for HTTPS
    HTTP_TLS_CERTIFICATE_FILE=/nowhere              | must be …; there is no such file
    HTTP_TLS_CERTIFICATE_FILE=/dev/null             | must be …; the file holds no certificate in PEM
    HTTP_TLS_CERTIFICATE_FILE=../../README.md          | must be …; the file holds what is no certificate in PEM
    HTTP_TLS_KEY_FILE=/                             | must be …; it cannot be read as a file
    HTTP_TLS_KEY_FILE=../../README.md                  | must be …; the file holds no private key in PEM
    # its password in another variable
    HTTP_HOST=postgresql://u:s3cret@h/db            | must be …
    KAFKA_BOOTSTRAP_SERVERS=h/db?password=s3cret    | must be …
    """)
    void oneWrongValueIsNamedWithItsRemedy(String assignment, String violation) {
        String[] variable = assignment.split("=", 2);

        assertRefused(
                Map.of(variable[0], variable[1]),
                variable[0] + " " + violation.replace("…", setting(variable[0]).expectation()));
    }

    @Test
    void aLongValueIsShownInPart() {
        assertRefused(
                Map.of("TOPIC_PREFIX", "x".repeat(201)),
                "TOPIC_PREFIX must be %s, but is '%s...'"
                        .formatted(Setting.TOPIC_PREFIX.expectation(), "x".repeat(60)));
    }

    @Test
    void aValueOfTwoLinesIsShownOnOne() {
        assertRefused(
                Map.of("LOG_FORMAT", "text\njson"),
                "LOG_FORMAT must be %s, but is 'text?json'".formatted(Setting.LOG_FORMAT.expectation()));
    }

    @Test
    void twoNamesOfOneSettingThatContradictEachOtherAreBothNamed() {
        assertRefused(
                Map.of("APP_ENV", "staging", "ENVIRONMENT", "production", "AUTH_SECRET", "s".repeat(32)),
                "APP_ENV and ENVIRONMENT are two names of one setting, so their values must be the same; better set only one");
    }

    @Test
    void theDatabaseAndAFileWithItExcludeEachOther(@TempDir Path folder) throws IOException {
        String url = "postgresql://u:s3cret@h/db";
        String file = Files.writeString(folder.resolve("url"), url).toString();

        refuse(Map.of("DATABASE_URL", url, "DATABASE_URL_FILE", file), (program, message) -> assertThat(message)
                .isEqualTo("The configuration is wrong:\n  "
                        + "DATABASE_URL and DATABASE_URL_FILE must not both be set; leave one of them out\n"));
    }

    @Test
    void aFileThatHoldsNoAddressIsRefusedWithoutSayingWhatItHolds(@TempDir Path folder) throws IOException {
        String file = Files.writeString(folder.resolve("url"), "s3cret\n").toString();

        assertRefused(
                Map.of("DATABASE_URL_FILE", file),
                "DATABASE_URL_FILE must be %s; it must begin with postgresql:// or jdbc:postgresql://"
                        .formatted(Setting.DATABASE_URL_FILE.expectation()));
    }

    /** The form of such a value depends on the locale. That it is refused does not. */
    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void aValueBeyondAsciiIsRefusedInEveryLocale(String locale) {
        Map<String, String> environment =
                Map.of("LC_ALL", locale, "TOPIC_PREFIX", "größer", "KAFKA_GROUP_ID", "größer");
        String prefix = "  TOPIC_PREFIX must be nothing, or at most 200 of a-z";
        String group = "  KAFKA_GROUP_ID must be at most 200 printable";

        refuse(environment, (program, message) -> {
            if (List.of("api", "consumer").contains(program)) {
                assertThat(message.lines().skip(1))
                        .hasSize(2)
                        .anyMatch(line -> line.startsWith(prefix))
                        .anyMatch(line -> line.startsWith(group));
            } else {
                assertThat(message.lines().skip(1)).singleElement().asString().startsWith(prefix);
            }
        });
    }

    @Test
    void allWrongValuesAreNamedInOneMessage() {
        // Given
        Map<String, String> environment = new HashMap<>();
        for (Setting setting : Setting.values()) {
            environment.put(setting.name(), "\t");
        }
        environment.put("DATABASE_URL", "postgresql://u:s3cret@h:pg/db");

        // When // Then
        refuse(environment, (program, message) -> {
            List<Setting> used = Stream.of(Setting.values())
                    .filter(setting -> ConfigurationTable.users(setting).contains(program))
                    .toList();
            // Of the database's address and its file, of Redis' address and its file, of the worker's token and its
            // file, and of
            // two kinds of keys.
            int conflicts = Map.of("api", 4, "worker", 2).getOrDefault(program, 1);
            assertThat(message).hasLineCount(1 + used.size() + conflicts).doesNotContain("s3cret");
            for (Setting setting : used) {
                assertThat(message).contains("\n  " + setting + " must ", setting.expectation());
            }
        });
    }

    @Test
    void theApiDoesNotStartWithoutAKeyExceptInDevelopment() {
        try (ProgramRun api = ProgramRun.start("api", Map.of("APP_ENV", "production"))) {
            assertThat(api.exitCode()).isEqualTo(WRONG_SETTING);
            assertThat(api.err())
                    .isEqualTo(
                            "The configuration is wrong:\n  AUTH_SECRET or AUTH_JWKS_URL must be set except in development "
                                    + "(APP_ENV); without a key the api would be open to everybody\n");
        }
    }

    private static Setting setting(String variable) {
        return find(variable).orElseThrow();
    }

    private static Optional<Setting> find(String variable) {
        return Stream.of(Setting.values())
                .filter(setting ->
                        setting.name().equals(variable) || setting.aliases().contains(variable))
                .findFirst();
    }

    private static void assertRefused(Map<String, String> settings, String violation) {
        refuse(settings, (program, message) -> assertThat(message)
                .isEqualTo("The configuration is wrong:\n  " + violation + "\n"));
    }

    /** Starts the programs that use any of these settings at once. */
    private static void refuse(Map<String, String> wrong, BiConsumer<String, String> expectation) {
        Map<String, String> settings = new HashMap<>(wrong);
        settings.putIfAbsent("HTTP_PORT", Integer.toString(takenPort.getLocalPort()));
        List<ProgramRun> runs = ProgramRun.PROGRAMS.stream()
                .filter(program -> wrong.keySet().stream().anyMatch(variable -> uses(program, variable)))
                .map(program -> ProgramRun.start(program, settings))
                .toList();
        assertThat(runs).isNotEmpty();
        try {
            for (ProgramRun run : runs) {
                assertThat(run.exitCode()).as(run.program()).isEqualTo(WRONG_SETTING);
                assertThat(run.out()).as(run.program()).isEmpty();
                expectation.accept(run.program(), run.err());
            }
        } finally {
            runs.forEach(ProgramRun::close);
        }
    }

    private static boolean uses(String program, String variable) {
        return find(variable)
                .map(ConfigurationTable::users)
                .filter(users -> users.contains(program))
                .isPresent();
    }
}
