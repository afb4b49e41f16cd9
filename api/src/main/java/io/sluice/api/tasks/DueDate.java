package io.sluice.api.tasks;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A date as in RFC 3339, of this millennium; {@code null} is valid. */
@Constraint(validatedBy = DueDate.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface DueDate {

    /** The remedy. */
    String message() default "must be a date from 2000-01-01 to 2999-12-31";

    /** Unused, and required by Bean Validation. */
    Class<?>[] groups() default {};

    /** Unused, and required by Bean Validation. */
    Class<? extends Payload>[] payload() default {};

    /** Checks texts. */
    final class Validator implements ConstraintValidator<DueDate, String> {

        private static final Pattern FORM = Pattern.compile("2\\d{3}-\\d{2}-\\d{2}");

        @Override
        public boolean isValid(@Nullable String text, @Nullable ConstraintValidatorContext context) {
            return text == null || isDate(text);
        }

        static boolean isDate(String text) {
            try {
                return FORM.matcher(text).matches()
                        && LocalDate.parse(text).toString().equals(text);
            } catch (DateTimeException e) {
                return false;
            }
        }
    }
}
