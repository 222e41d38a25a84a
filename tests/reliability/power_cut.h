// A disk that loses its power: the calls of a test program for files below one folder are noted as they are made, and
// after each of them it is told what the disk may hold if the power goes there (power_cut.cc).
#pragma once

#include <map>
#include <string>
#include <vector>

namespace sekisho::tests {

using Files = std::map<std::string, std::string>;  // name in the folder -> content

// Notes while it lives. What a call asks for is done as well. One at a time, one thread.
//
// The disk keeps no more than POSIX promises: content is there once it was synchronised (before that all of it, half of
// it or nothing), names are there once their folder was (before that, as many changes as there was time for, in order).
class PowerCut {
 public:
  explicit PowerCut(std::string folder);
  ~PowerCut();
  PowerCut(const PowerCut&) = delete;
  PowerCut& operator=(const PowerCut&) = delete;
  // All that the disk may hold if the power goes now.
  std::vector<Files> Now() const;
  // The same of every moment so far, in order: before the first call, and after each.
  const std::vector<std::vector<Files>>& moments() const { return moments_; }

 private:
  friend struct Noted;
  struct Content {
    std::string now, lasting;
  };
  struct Change {          // of a name
    std::string from, to;  // from empty: a new file; to empty: removed
    size_t content = 0;    // of a new file
  };
  using Names = std::map<std::string, size_t>;
  static void Apply(const Change& change, Names& names);
  Content* ContentOf(int fd);
  void Name(Change change);

  std::string folder_;
  std::vector<Content> contents_;
  Names now_, lasting_;
  std::vector<Change> pending_;   // changes from lasting_ to now_
  std::map<int, size_t> open_;    // file descriptor -> content
  std::vector<int> folder_open_;  // file descriptors of the folder
  std::vector<std::vector<Files>> moments_;
};

}  // namespace sekisho::tests
