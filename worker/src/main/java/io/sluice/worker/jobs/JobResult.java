package io.sluice.worker.jobs;

import java.sql.Connection;
import java.sql.SQLException;

/** Result of a job, to be written in the transaction that ends the job: both are committed, or neither. */
@FunctionalInterface
public interface JobResult extends AutoCloseable {

    /** Result without rows, as of a job whose subject was deleted meanwhile. */
    JobResult NOTHING = transaction -> {};

    /** Writes the rows of the feature, and its event. Called again after a failure, so without other effects. */
    void write(Connection transaction) throws SQLException;

    /** Cleans up behind the transaction, once it is committed; not called where that is unknown, nor where the program dies before. */
    default void committed() {}

    /** Releases what the result has, such as files, whatever has become of it. */
    @Override
    default void close() {}
}
