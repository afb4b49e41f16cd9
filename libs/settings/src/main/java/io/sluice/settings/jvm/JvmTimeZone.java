package io.sluice.settings.jvm;

import java.time.ZoneId;
import java.util.TimeZone;

/**
 * Time zone of the JVM. PostgreSQL's driver asks for each connection in it, by Java's name, and a server that does not know the name
 * refuses the connection: so it is UTC, which every server knows. Log records keep the zone that was set for the program.
 */
public final class JvmTimeZone {

    /** The system property that application.properties take the zone of log records from. */
    private static final String ZONE_OF_LOGS = "sluice.log.zone";

    private JvmTimeZone() {}

    /** Makes it UTC; to be called before anything is started. In development, programs are started again in the same JVM. */
    public static void makeUtc() {
        if (System.getProperty(ZONE_OF_LOGS) == null) {
            System.setProperty(ZONE_OF_LOGS, ZoneId.systemDefault().getId());
        }
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }
}
