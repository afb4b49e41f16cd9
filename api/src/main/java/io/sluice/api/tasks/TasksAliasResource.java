package io.sluice.api.tasks;

import io.quarkus.security.PermissionsAllowed;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.body.JsonBodies;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.request.Proxies;
import io.sluice.api.security.Scope;
import io.sluice.settings.Feature;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/tasks}: the same, under a path without a version. */
@OfFeature(Feature.TASKS)
@Path(TasksAliasResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Scope.TASKS)
public class TasksAliasResource extends TaskEndpoints {

    static final String PATH = "/api/tasks";

    TasksAliasResource(
            TaskStore store, TaskActivity activity, JsonBodies bodies, DatabaseCalls database, Proxies proxies) {
        super(PATH, store, activity, bodies, database, proxies);
    }
}
