package io.sluice.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InsecureRegistryException;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** Access to registries, with failures explained in plain words. Credentials are those of docker's configuration. */
final class Registries {
    private final ImageSettings settings;

    Registries(ImageSettings settings) {
        this.settings = settings;
    }

    /** The base image, to build on. */
    JibContainerBuilder base() {
        try {
            JibContainerBuilder image = settings.base().startsWith(Jib.TAR_IMAGE_PREFIX)
                    ? Jib.from(settings.base())
                    : Jib.from(withCredentials(ImageReference.parse(settings.base())));
            return image.setPlatforms(Set.of(new Platform(settings.architecture(), "linux")));
        } catch (InvalidImageReferenceException e) {
            throw new ImageBuildException(
                    "image.base is no name of an image (%s): it is as in registry.example.com/java/jre:25@sha256:…, or tar://PATH."
                            .formatted(settings.base()),
                    e);
        }
    }

    /**
     * Labels with the base image, for scanners that attribute vulnerabilities to it; with the digest if the base is
     * named by one.
     */
    Map<String, String> labelsOfBase() {
        if (settings.base().startsWith(Jib.TAR_IMAGE_PREFIX)) {
            return Map.of();
        }
        Map<String, String> labels = new TreeMap<>();
        int digest = settings.base().indexOf('@');
        labels.put(
                "org.opencontainers.image.base.name",
                digest < 0 ? settings.base() : settings.base().substring(0, digest));
        if (digest >= 0) {
            labels.put("org.opencontainers.image.base.digest", settings.base().substring(digest + 1));
        }
        return labels;
    }

    static RegistryImage withCredentials(ImageReference name) {
        CredentialRetrieverFactory credentials = CredentialRetrieverFactory.forImage(name, ignored -> {});
        return RegistryImage.named(name)
                .addCredentialRetriever(credentials.dockerConfig())
                .addCredentialRetriever(credentials.wellKnownCredentialHelpers());
    }

    /** Builds and writes an image; failures are explained in one line. */
    JibContainer write(JibContainerBuilder image, Containerizer destination, ImageReference name) {
        try {
            return image.containerize(destination.setAllowInsecureRegistries(settings.insecure()));
        } catch (RegistryUnauthorizedException e) {
            throw new ImageBuildException(
                    "%s: the registry refuses to let you in. Log in with docker login, or with another tool that writes ~/.docker/config.json, as somebody who may pull image.base and push below image.prefix."
                            .formatted(e.getImageReference()),
                    e);
        } catch (InsecureRegistryException e) {
            throw new ImageBuildException(
                    "%s or %s: the registry has no TLS. If it is one of this machine, add -Dimage.insecure=true."
                            .formatted(name, settings.base()),
                    e);
        } catch (RegistryException | IOException | ExecutionException | CacheDirectoryCreationException e) {
            throw new ImageBuildException(
                    "%s could not be made from %s: %s. Check image.base, image.platform, image.prefix and that their registries can be reached."
                            .formatted(name, settings.base(), firstLine(e)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageBuildException("%s was not waited for.".formatted(name), e);
        }
    }

    private static String firstLine(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && (cause instanceof ExecutionException || cause.getMessage() == null)) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + " "
                + String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
