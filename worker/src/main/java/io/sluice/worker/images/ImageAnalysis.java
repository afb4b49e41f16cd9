package io.sluice.worker.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agroal.api.AgroalDataSource;
import io.sluice.contract.JobType;
import io.sluice.imaging.Circle;
import io.sluice.imaging.DecodedImage;
import io.sluice.imaging.ImageDecoder;
import io.sluice.imaging.Overlay;
import io.sluice.imaging.UndecodableImageException;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.outbox.FeatureEvent;
import io.sluice.settings.Feature;
import io.sluice.storage.StorageKey;
import io.sluice.storage.StoredObject;
import io.sluice.worker.images.ImageTable.Analysis;
import io.sluice.worker.images.ImageTable.Changed;
import io.sluice.worker.images.ImageTable.Pending;
import io.sluice.worker.jobs.Job;
import io.sluice.worker.jobs.JobFailure;
import io.sluice.worker.jobs.JobHandler;
import io.sluice.worker.jobs.JobResult;
import io.sluice.worker.jobs.OutageException;
import io.sluice.worker.jobs.PermanentJobException;
import io.sluice.worker.outbox.Outbox;
import io.sluice.worker.storage.JobStorage;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Analyses images: finds their objects, and draws them. Pictures of an attempt that has no effect are left for the sweeper of storage.
 */
@Singleton
class ImageAnalysis implements JobHandler {

    private static final String ANALYSED = "image.analysed";
    private static final String FAILED = "image.failed";

    private static final String LOST = "The bytes of the image are not in storage any more; upload it again.";

    /** One at a time: a progressive JPEG or a WebP is held as a whole, and a pod has memory for one that is as large as may be. */
    private final Semaphore decoder = new Semaphore(1);

    private final ImageTable table = new ImageTable();
    private final AgroalDataSource pool;
    private final JobStorage storage;
    private final Detectors detectors;
    private final Outbox outbox;
    private final Clock clock;

    ImageAnalysis(AgroalDataSource pool, JobStorage storage, Detectors detectors, Outbox outbox, Clock clock) {
        this.pool = pool;
        this.storage = storage;
        this.detectors = detectors;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public JobType type() {
        return JobType.IMAGE_ANALYSIS;
    }

    @Override
    public Feature feature() {
        return Feature.IMAGES;
    }

    @Override
    public JobResult run(Job job)
            throws SQLException, IOException, PermanentJobException, OutageException, InterruptedException {
        Optional<Pending> image = begin(job);
        if (image.isEmpty()) {
            return JobResult.NOTHING;
        }
        ImageDetector detector = detectors.find(image.get().detector());
        Optional<byte[]> content = storage.read(image.get().content());
        if (content.isPresent()) {
            return analyse(job, image.get(), content.get(), detector);
        }
        if (begin(job).isEmpty()) {
            // Deleted meanwhile, its bytes with it.
            return JobResult.NOTHING;
        }
        throw new PermanentJobException(LOST);
    }

    private Optional<Pending> begin(Job job) throws SQLException {
        try (Transaction transaction = Transaction.begin(pool)) {
            Optional<Pending> image = table.begin(transaction.connection(), job);
            transaction.commit();
            return image;
        }
    }

    private JobResult analyse(Job job, Pending image, byte[] content, ImageDetector detector)
            throws IOException, PermanentJobException, OutageException, InterruptedException {
        DecodedImage decoded = decode(content);
        Detection detection = detector.detect(decoded);
        List<Circle> circles =
                detection.objects().stream().map(DetectedObject::circle).toList();
        Analysis analysis = new Analysis(
                decoded.width(),
                decoded.height(),
                detection,
                write(image.owner(), out -> Overlay.write(decoded, circles, out)),
                write(image.owner(), out -> Overlay.writeMask(decoded, circles, out)));
        return new Result(job, analysis);
    }

    /** Rows of an analysis. The pictures of an earlier one are deleted once no row names them. */
    private final class Result implements JobResult {

        private final Job job;
        private final Analysis analysis;
        private List<StorageKey> replaced = List.of();

        Result(Job job, Analysis analysis) {
            this.job = job;
            this.analysis = analysis;
        }

        @Override
        public void write(Connection transaction) throws SQLException {
            replaced = finish(transaction, job, analysis);
        }

        @Override
        public void committed() {
            storage.discard(replaced);
        }
    }

    private DecodedImage decode(byte[] content) throws PermanentJobException, InterruptedException {
        decoder.acquire();
        try {
            return ImageDecoder.decode(content, Overlay.MAX_SIDE);
        } catch (UndecodableImageException e) {
            throw new PermanentJobException(e.reason().sentence());
        } finally {
            decoder.release();
        }
    }

    /** Writes a picture to a stream. */
    private interface Picture {
        void to(OutputStream out) throws IOException;
    }

    private StoredObject write(String owner, Picture picture) throws IOException, OutageException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        picture.to(out);
        return storage.write(StorageKey.unique(ImageFolder.NAME, owner), out.toByteArray());
    }

    private List<StorageKey> finish(Connection transaction, Job job, Analysis analysis) throws SQLException {
        Optional<Changed> changed = table.finish(transaction, job, analysis, clock.instant());
        if (changed.isPresent()) {
            String payload = "{\"imageId\":\"%s\",\"version\":%d,\"status\":\"done\",\"objects\":%d}"
                    .formatted(
                            job.subject(),
                            changed.get().version(),
                            analysis.detection().objects().size());
            add(transaction, job, changed.get(), ANALYSED, payload);
        }
        return changed.map(Changed::replaced).orElse(List.of());
    }

    @Override
    public void giveUp(Connection transaction, Job job, JobFailure failure) throws SQLException {
        Optional<Changed> changed = table.fail(transaction, job, failure.sentence());
        if (changed.isPresent()) {
            String payload = "{\"imageId\":\"%s\",\"version\":%d,\"status\":\"failed\"}"
                    .formatted(job.subject(), changed.get().version());
            add(transaction, job, changed.get(), FAILED, payload);
        }
    }

    private void add(Connection transaction, Job job, Changed image, String type, String payload) throws SQLException {
        outbox.add(
                transaction,
                new FeatureEvent(type, job.subject(), image.owner(), job.traceparent(), payload.getBytes(UTF_8)));
    }
}
