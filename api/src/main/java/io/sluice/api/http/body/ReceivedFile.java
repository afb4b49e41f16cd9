package io.sluice.api.http.body;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A body that was received into a file.
 *
 * @param path of the file
 * @param name that the client has for it, whatever that is; {@code null} outside of forms
 * @param mediaType of the part, or of the request without a form, as the client says; {@code null} if it does not
 */
public record ReceivedFile(Path path, @Nullable String name, @Nullable String mediaType) {}
