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

/** {@code /api/v1/tasks}. */
@OfFeature(Feature.TASKS)
@Path(TasksResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Scope.TASKS)
public class TasksResource extends TaskEndpoints {

    static final String PATH = "/api/v1/tasks";

    TasksResource(TaskStore store, TaskActivity activity, JsonBodies bodies, DatabaseCalls database, Proxies proxies) {
        super(PATH, store, activity, bodies, database, proxies);
    }
}
