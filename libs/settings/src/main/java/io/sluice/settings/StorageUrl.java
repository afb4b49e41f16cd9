package io.sluice.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Address of the storage of bytes that are too large for a row of the database. */
public sealed interface StorageUrl {

    /**
     * A directory, which may be a volume.
     *
     * @param path absolute
     */
    record Directory(Path path) implements StorageUrl {}

    /**
     * A bucket of S3 or of what speaks its protocol.
     *
     * @param bucket its name
     * @param prefix beginning of the keys that are ours, without a {@code /} at the end; empty for all
     */
    record Bucket(String bucket, String prefix) implements StorageUrl {}

    /** Names that S3 and those that speak its protocol have in common. */
    Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** The same segments on every storage. */
    Pattern PREFIX = Pattern.compile("([a-z0-9_-][a-z0-9._-]{0,99}(/[a-z0-9_-][a-z0-9._-]{0,99}){0,4})?");

    /**
     * Reads {@code file:///data} or {@code s3://bucket/prefix}.
     *
     * @throws IllegalArgumentException if it is neither; the message quotes nothing of it
     */
    static StorageUrl parse(String text) {
        URI url = uri(text);
        if (url.getRawQuery() != null || url.getRawFragment() != null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "it must have no user, no '?' and no '#'; keys are settings of their own");
        }
        return switch (String.valueOf(url.getScheme())) {
            case "file" -> directory(url);
            case "s3" -> bucket(url);
            default -> throw new IllegalArgumentException("it must begin with file:/// or s3://");
        };
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("white space and special characters must be percent-encoded, as in %20");
        }
    }

    private static Directory directory(URI url) {
        String path = url.getPath();
        if (url.getRawAuthority() != null || path == null || !path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the path of a directory must be absolute, as in file:///data");
        }
        return new Directory(Path.of(path).normalize());
    }

    private static Bucket bucket(URI url) {
        String bucket = url.getRawAuthority();
        if (bucket == null || !BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("a bucket has 3 to 63 of a-z, 0-9, '.' and '-' in its name");
        }
        String prefix = url.getRawPath().replaceAll("^/|/$", "");
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "the prefix has at most 5 segments of a-z, 0-9, '.', '_' and '-', and none begins with '.'");
        }
        return new Bucket(bucket, prefix);
    }
}
