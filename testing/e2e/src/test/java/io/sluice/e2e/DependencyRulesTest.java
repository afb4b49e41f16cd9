package io.sluice.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules, and packages of programs, depend on each other in one direction. */
class DependencyRulesTest {

    private static final JavaClasses SLUICE = new ClassFileImporter()
            .importPaths(Stream.of(
                            "libs/contract",
                            "libs/settings",
                            "libs/runtime",
                            "libs/provisioning",
                            "libs/imaging",
                            "libs/text",
                            "libs/documents",
                            "libs/embedding",
                            "libs/retrieval",
                            "libs/llm",
                            "libs/storage",
                            "init-job",
                            "api",
                            "consumer",
                            "worker",
                            "tools/local",
                            "testing/testkit",
                            "packaging/images")
                    .map(module -> Path.of("../..", module, "target", "classes"))
                    .toList());

    private static final String[] LIBRARIES = Stream.of(
                    "contract",
                    "settings",
                    "runtime",
                    "provisioning",
                    "imaging",
                    "text",
                    "documents",
                    "embedding",
                    "retrieval",
                    "llm",
                    "storage")
            .map(DependencyRulesTest::packageOf)
            .toArray(String[]::new);

    @ParameterizedTest(name = "{0} knows only {1}")
    @CsvSource({
        "contract,     contract",
        "settings,     settings contract",
        "runtime,      runtime settings contract",
        "local,        local",
        "imaging,      imaging",
        "text,         text",
        "documents,    documents text",
        "embedding,    embedding",
        "retrieval,    retrieval",
        "llm,          llm settings contract",
        "provisioning, provisioning settings contract",
        "storage,      storage settings contract",
        "initjob,      initjob provisioning settings contract",
        "api,          api runtime retrieval text llm storage settings contract",
        "consumer,     consumer runtime settings contract",
        "worker,       worker runtime imaging documents text embedding retrieval storage settings contract",
        "testkit,      testkit local provisioning settings contract",
        "images,       images local",
    })
    void modulesDependOneWay(String module, String known) {
        List<String> allowed = List.of(known.split(" "));
        String[] others = Stream.of(
                        "contract",
                        "settings",
                        "runtime",
                        "provisioning",
                        "imaging",
                        "text",
                        "documents",
                        "embedding",
                        "retrieval",
                        "llm",
                        "storage",
                        "initjob",
                        "api",
                        "consumer",
                        "worker",
                        "local",
                        "testkit",
                        "images")
                .filter(other -> !allowed.contains(other))
                .map(DependencyRulesTest::packageOf)
                .toArray(String[]::new);

        check(noClasses()
                .that()
                .resideInAPackage(packageOf(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others));
    }

    @Test
    void whatInitJobAndTestsShareWithTheProgramsIsPlainJava() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        packageOf("contract"),
                        packageOf("settings"),
                        packageOf("provisioning"),
                        packageOf("storage"),
                        packageOf("llm"),
                        packageOf("local"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.smallrye..", "jakarta..", "io.vertx.."));
    }

    @Test
    void librariesHaveNoDomain() {
        check(noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .should()
                .haveNameMatching(".*(Entity|Store|Repository|Service|Resource)(\\$.*)?")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "jakarta.ws.rs.."));
    }

    /** Libraries but for three, which know tables for the reasons of ADR 17. */
    @Test
    void otherLibrariesKnowNoDatabase() {
        check(noClasses()
                .that(resideInAnyPackage(LIBRARIES)
                        .and(not(resideInAnyPackage(
                                packageOf("provisioning"), packageOf("runtime"), packageOf("retrieval")))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.sql.."));
    }

    /** Features bring event handlers in packages of their own, which the intake does not depend on. */
    @Test
    void theIntakeKnowsNoFeature() {
        check(noClasses()
                .that()
                .resideInAPackage("io.sluice.consumer.intake..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.sluice.consumer..")
                        .and(not(resideInAnyPackage(
                                "io.sluice.consumer.intake..",
                                "io.sluice.consumer.deadletters..",
                                "io.sluice.consumer.reading..",
                                "io.sluice.consumer.progress..",
                                "io.sluice.consumer.retry..",
                                "io.sluice.consumer.shutdown..")))));
    }

    /** One place decides what is sent to a provider, and what of its text is believed. */
    @Test
    void languageModelsAreAskedByOnePackage() {
        check(noClasses()
                .that(resideInAPackage(packageOf("api"))
                        .and(not(resideInAnyPackage("io.sluice.api.llm", "io.sluice.api.chat.generative"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packageOf("llm")));
    }

    /** Internals of Vert.x change with any version; the few classes that cannot do without them say why. */
    @Test
    void internalsOfVertxAreKnownToFewClasses() {
        check(noClasses()
                .that()
                .haveNameNotMatching(
                        "io\\.sluice\\.api\\.(http\\.request\\.VertxContexts|connections\\.(VertxChannels|RequestFraming))(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..impl.."));
    }

    @Test
    void packagesOfAModuleFormNoCycles() {
        check(slices().matching("io.sluice.(*).(*)..").should().beFreeOfCycles());
    }

    @Test
    void packagesBelowThemFormNoCyclesEither() {
        check(slices().matching("io.sluice.(*).(**)").should().beFreeOfCycles());
    }

    private static String packageOf(String module) {
        return "io.sluice." + module + "..";
    }

    private static void check(ArchRule rule) {
        rule.check(SLUICE);
    }
}
