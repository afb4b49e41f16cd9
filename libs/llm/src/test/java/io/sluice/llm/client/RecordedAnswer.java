package io.sluice.llm.client;

import static io.sluice.testkit.Await.await;

import io.sluice.llm.AnswerListener;
import io.sluice.llm.Completion;
import io.sluice.llm.ModelFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that keeps what it is told, in order. */
class RecordedAnswer implements AnswerListener {

    private final List<Object> told = new CopyOnWriteArrayList<>();

    @Override
    public void onText(String delta) {
        told.add(delta);
    }

    @Override
    public void onEnd(Completion completion) {
        told.add(completion);
    }

    @Override
    public void onFailure(ModelFailure failure) {
        told.add(failure);
    }

    /** All that it was told so far. */
    List<Object> told() {
        return told;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Object call : told) {
            if (call instanceof String delta) {
                text.append(delta);
            }
        }
        return text.toString();
    }

    void awaitText() {
        await().until(() -> !text().isEmpty());
    }

    Completion completion() {
        return (Completion) last();
    }

    ModelFailure failure() {
        return (ModelFailure) last();
    }

    private Object last() {
        await().until(() -> !told.isEmpty() && !(told.get(told.size() - 1) instanceof String));
        return told.get(told.size() - 1);
    }
}
