// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace presently {

//! \brief A failure on its way into an Expected; spelt out at each `return`.
template <typename E>
struct Unexpected {
    E value;
};

template <typename E>
Unexpected(E) -> Unexpected<E>;

//! \brief A value, or the reason why there is none: std::expected (C++23) for GCC 12 and clang 14.
//!
//! Has the standard's member names, so that it can become an alias when the floor moves.
//! Reading the wrong side is a programmer's mistake and asserts inside std::get.
template <typename T, typename E>
class [[nodiscard]] Expected
{
public:
    using value_type = T;
    using error_type = E;

    Expected(const T &value)
        : m_state(std::in_place_index<0>, value)
    {
    }
    Expected(T &&value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    template <typename G>
    Expected(Unexpected<G> failure)
        : m_state(std::in_place_index<1>, std::move(failure.value))
    {
    }

    [[nodiscard]] bool has_value() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    [[nodiscard]] const T &value() const & { return std::get<0>(m_state); }
    [[nodiscard]] T &value() & { return std::get<0>(m_state); }
    [[nodiscard]] T &&value() && { return std::get<0>(std::move(m_state)); }
    [[nodiscard]] const T &operator*() const & { return value(); }
    [[nodiscard]] T &operator*() & { return value(); }
    [[nodiscard]] T &&operator*() && { return std::move(*this).value(); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }

    [[nodiscard]] const E &error() const & { return std::get<1>(m_state); }
    [[nodiscard]] E &&error() && { return std::get<1>(std::move(m_state)); }

    template <typename U>
    [[nodiscard]] T value_or(U &&fallback) const &
    {
        return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
    }

    template <typename F>
    auto and_then(F &&next) const & -> std::invoke_result_t<F, const T &>
    {
        if (has_value())
            return std::forward<F>(next)(value());
        return Unexpected{error()};
    }

    template <typename F>
    auto and_then(F &&next) && -> std::invoke_result_t<F, T &&>
    {
        if (has_value())
            return std::forward<F>(next)(std::move(*this).value());
        return Unexpected{std::move(*this).error()};
    }

private:
    std::variant<T, E> m_state;
};

//! \brief Success without a value, or the reason of the failure.
template <typename E>
class [[nodiscard]] Expected<void, E>
{
public:
    using value_type = void;
    using error_type = E;

    Expected() = default;
    template <typename G>
    Expected(Unexpected<G> failure)
        : m_error(std::move(failure.value))
    {
    }

    [[nodiscard]] bool has_value() const noexcept { return !m_error.has_value(); }
    explicit operator bool() const noexcept { return has_value(); }
    [[nodiscard]] const E &error() const & { return *m_error; }

    template <typename F>
    auto and_then(F &&next) const -> std::invoke_result_t<F>
    {
        if (has_value())
            return std::forward<F>(next)();
        return Unexpected{error()};
    }

private:
    std::optional<E> m_error;
};

} // namespace presently
