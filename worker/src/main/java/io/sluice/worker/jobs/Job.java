package io.sluice.worker.jobs;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at a job.
 *
 * @param id of the job
 * @param subject the thing to work on; it may be gone
 * @param attempt number of the attempt, from 1 on
 * @param traceparent of the request that ordered the job, or {@code null}
 */
public record Job(UUID id, UUID subject, int attempt, @Nullable String traceparent) {}
