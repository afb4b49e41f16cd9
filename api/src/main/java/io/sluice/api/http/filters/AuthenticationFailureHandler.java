package io.sluice.api.http.filters;

import io.quarkus.vertx.http.runtime.security.HttpSecurityRecorder.DefaultAuthFailureHandler;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiConsumer;

/**
 * Has a failed authentication end in the failure handlers, as the framework does behind this stage. It finds the default handler
 * replaced then, and does not look for the template of the path, for which it would index all resources anew in each request; where
 * authentication fails it looks for it still.
 */
@ApplicationScoped
class AuthenticationFailureHandler implements RequestHandler {

    private static final BiConsumer<RoutingContext, Throwable> FAIL = AuthenticationFailureHandler::fail;

    @Override
    public RequestStage stage() {
        return RequestStage.AUTHENTICATED;
    }

    @Override
    public void handle(RoutingContext context) {
        context.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, FAIL);
        context.next();
    }

    private static void fail(RoutingContext context, Throwable failure) {
        DefaultAuthFailureHandler.markIfOtherAuthenticationFailure(context, failure);
        if (!context.failed()) {
            context.fail(DefaultAuthFailureHandler.extractRootCause(failure));
        }
    }
}
