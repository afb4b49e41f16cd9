package io.sluice.settings;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file with keys of S3 as the AWS CLI writes it. The SDK reads it; this only tells what is wrong with it.
 *
 * @param path where it is
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html">AWS: the format of the file</a>
 */
record SharedCredentials(String path) {

    private static final Pattern DEFAULT_PROFILE = Pattern.compile("(?m)^\\s*\\[default]");

    /** @throws IllegalArgumentException if it cannot be read, or lacks what is needed; the message quotes nothing of it */
    void check() {
        String text = new MountedFile(path).text();
        boolean complete = DEFAULT_PROFILE.matcher(text).find()
                && Stream.of("aws_access_key_id", "aws_secret_access_key")
                        .allMatch(name -> Pattern.compile("(?m)^\\s*" + name + "\\s*=\\s*\\S")
                                .matcher(text)
                                .find());
        if (!complete) {
            throw new IllegalArgumentException("[default] in it must have aws_access_key_id and aws_secret_access_key");
        }
    }
}
