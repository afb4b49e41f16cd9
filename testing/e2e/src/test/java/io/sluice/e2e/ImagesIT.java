package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.e2e.Client.Answer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** A user with an image: uploads it, looks at what was found, and deletes it. */
class ImagesIT {

    private static final String PATH = "/api/v1/images";
    private static final DiscImage COINS = new DiscImage(3);

    private final Client client = Sluice.client();
    private final byte[] png = COINS.png();

    @Test
    void anImageIsUploadedLookedAtAndDeleted() throws IOException {
        // When
        Answer uploaded = upload();

        // Then
        assertThat(uploaded.status()).as(uploaded.text()).isIn(200, 202);
        String image = uploaded.header("Location");
        assertThat(image).isEqualTo(PATH + "/" + uploaded.id());
        JsonNode analysed = client.get(image, "Prefer", "wait=20").json();
        assertThat(analysed.path("status").textValue()).isEqualTo("done");
        assertThat(analysed.path("objectCount").intValue()).isEqualTo(COINS.discs());
        assertObjects(image + "/objects");
        assertContent(image);
        assertPictures(image);
        assertThat(upload().id()).as("the same bytes").isEqualTo(uploaded.id());

        // When
        assertThat(client.send("DELETE", image).status()).isEqualTo(204);

        // Then
        for (String part : List.of("", "/objects", "/content", "/overlay.png", "/mask.png")) {
            assertThat(client.get(image + part).status()).as(part).isEqualTo(404);
        }
        await().until(
                        () -> client.types(uploaded.id()),
                        List.of("image.uploaded", "image.analysed", "image.deleted")::equals);
    }

    private Answer upload() {
        return client.upload(PATH, "coins.png", "image/png", png);
    }

    private void assertObjects(String objects) {
        assertThat(client.get(objects).json().path("items")).hasSize(COINS.discs());
        for (int number = 1; number <= COINS.discs(); number++) {
            JsonNode object = client.get(objects + "/" + number).json();
            assertThat(object.path("radius").doubleValue()).isCloseTo(DiscImage.RADIUS, within(1.5));
            assertThat(object.path("bbox").path(2).doubleValue()).isCloseTo(2.0 * DiscImage.RADIUS, within(3.0));
        }
    }

    private void assertContent(String image) {
        Answer content = client.get(image + "/content");
        assertThat(content.body()).isEqualTo(png);
        assertThat(content.header("Content-Type")).isEqualTo("image/png");
        Answer known = client.get(image + "/content", "If-None-Match", content.header("ETag"));
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
    }

    private void assertPictures(String image) throws IOException {
        BufferedImage uploaded = ImageIO.read(new ByteArrayInputStream(png));
        BufferedImage overlay = picture(image + "/overlay.png");
        BufferedImage mask = picture(image + "/mask.png");
        boolean drawn = false;
        for (int disc = 0; disc < COINS.discs(); disc++) {
            int middle = disc * DiscImage.CELL + DiscImage.CELL / 2;
            assertThat(mask.getRGB(middle, DiscImage.CELL / 2) & 0xff).isPositive();
            assertThat(mask.getRGB(disc * DiscImage.CELL + 2, 2) & 0xff).isZero();
            int rim = middle - DiscImage.RADIUS;
            drawn |= overlay.getRGB(rim, DiscImage.CELL / 2) != uploaded.getRGB(rim, DiscImage.CELL / 2);
        }
        assertThat(drawn).isTrue();
    }

    private BufferedImage picture(String path) throws IOException {
        Answer answer = client.get(path);
        assertThat(answer.header("Content-Type")).isEqualTo("image/png");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
        assertThat(picture.getWidth()).isEqualTo(COINS.width());
        assertThat(picture.getHeight()).isEqualTo(DiscImage.CELL);
        return picture;
    }
}
