/**
 * What the user reads, and what scripts read, about a tunnel: text or JSON. Start with {@link
 * dev.porthole.client.story.Story}.
 */
@NullMarked
package dev.porthole.client.story;

import org.jspecify.annotations.NullMarked;
